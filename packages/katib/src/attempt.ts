import type { Filters, FormatReport, Language } from '@katib-push/core';
import type { Diagnostic, ScriptsReport } from './diagnostics/diagnose.ts';
import type { PrimaryContainer } from './locate/locate-container.ts';
import type { Words } from './locate/read-words.ts';
import type { WordsThatRun } from './locate/words-that-run.ts';
import type { PatchOperation } from './patch.ts';
import type { Settings } from './policy/settings.ts';
import type { Experiment } from './read-experiment.ts';
import type { ExperimentReport } from './report.ts';

/** What every attempt begins with. */
export interface Work {
  readonly given: unknown;
  readonly experiment: Experiment;
  readonly settings: Settings;
  readonly languages: readonly Language[];
  /** The primary container; its command and args are the words that run. */
  readonly container: PrimaryContainer;
  readonly words: Words;
  readonly runs: WordsThatRun;
  readonly filters: Filters;
  /** What there is to say about the filters that is no hindrance. */
  readonly filterFaults: readonly Diagnostic[];
  /** Filters that were inferred, and hold already in `experiment` and `filters`; absent for none. */
  readonly formats?: FormatReport;
}

/** What an attempt came to: a change of the object, or why there is none. */
export type Attempted =
  | {
      readonly patch: readonly PatchOperation[];
      /** The object after the patch. */
      readonly experiment: unknown;
      readonly summary: string;
      /** The collector's kind of the trials. */
      readonly collector: string;
      readonly delivery?: NonNullable<ExperimentReport['delivery']>;
      readonly report: ScriptsReport;
      readonly notes: readonly Diagnostic[];
    }
  | { readonly objection: Diagnostic; readonly report?: ScriptsReport };
