import type { Filters, FormatReport, Language } from '@katib-push/core';
import type { Diagnostic, ScriptsReport } from './diagnostics/diagnose.ts';
import type { LocatedWords } from './locate/locate-words.ts';
import type { Template } from './locate/read-template.ts';
import type { PatchOperation } from './patch.ts';
import type { Settings } from './policy/settings.ts';
import type { Experiment } from './read-experiment.ts';
import type { ExperimentReport } from './report.ts';

/** What a rewrite does to an Experiment that goes the container way: it labels it for the review of its Trials, or wraps its template. */
export type Capturing = 'label' | 'wrap';

/** What every attempt begins with. */
export interface Work extends LocatedWords {
  readonly given: unknown;
  readonly experiment: Experiment;
  readonly settings: Settings;
  readonly languages: readonly Language[];
  readonly capturing: Capturing;
  readonly filters: Filters;
  /** What there is to say about the filters that is no hindrance. */
  readonly filterFaults: readonly Diagnostic[];
  /** Filters that were inferred, and hold already in `experiment` and `filters`; absent for none. */
  readonly formats?: FormatReport;
}

/** Work on a container whose words can be read. */
export type ReadableWork = Work & { readonly template: Template };

/** A change of the object that an attempt came to. */
export interface Change {
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

/** Why an attempt came to nothing. */
export interface Objection {
  readonly objection: Diagnostic;
  /** The scripts as they stay; absent where they were not read. */
  readonly report?: ScriptsReport;
}

export type Attempted = Change | Objection;
