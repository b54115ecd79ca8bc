import type { Severity } from '@katib-push/core';
import type { DiagnosticCode, PatchOperation, RewriteOptions, Way } from '@katib-push/katib';
import type { AdmissionOptions } from '../admission-review.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  readonly options: RewriteOptions;
  readonly namespaces: NonNullable<AdmissionOptions['namespaces']>;
}

/** What a worker is sent. */
export interface WorkerTask {
  readonly kind: 'Experiment' | 'Trial';
  readonly object: unknown;
  /** Absent where the request names none. */
  readonly namespace: string | undefined;
}

/** One thing to say about an Experiment, as in the report. */
export interface Note {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
}

/** What a worker says: that it can begin, or what became of the Experiment that it was sent. */
export type WorkerMessage = 'ready' | Findings;

/** What a rewrite came to, without any text of the scripts. */
export interface Findings {
  readonly outcome: 'rewritten' | 'unchanged' | 'failed';
  readonly patch: readonly PatchOperation[];
  /** What is done, or why nothing, one sentence. */
  readonly summary: string;
  /** Names of the metrics that are pushed now. */
  readonly pushed: readonly string[];
  /** Which way they are pushed; null where none is. */
  readonly way: Way | null;
  /** Kind of the metrics collector before. */
  readonly collector: string;
  /** Whether an annotation of the Experiment asks for the rewrite. */
  readonly asked: boolean;
  /** The reason first, where it was not rewritten. Fifty at most. */
  readonly notes: readonly Note[];
}
