import type { FormatsReport, ScriptsReport } from '@katib-push/core';
import type { ExperimentReport, PatchOperation } from '@katib-push/katib';
import type { Problem } from '../problems/problem.ts';
import type { Preview } from './create-preview.ts';

/** What `-o json` prints. Its schema is `schema/report.schema.json`. */
export interface JsonReport {
  /** Raised when a field changes its meaning or goes. Fields may be added without. */
  readonly version: 1;
  readonly experiments: readonly JsonExperiment[];
  /** Plain scripts; only from `explain`. */
  readonly explained?: readonly JsonScript[];
  /** What is wrong with the input as such, apart from any Experiment. */
  readonly diagnostics: readonly Problem[];
}

/** One Experiment: what `rewriteExperiment` reports, and where it was found. */
export interface JsonExperiment extends Omit<ExperimentReport, 'diagnostics' | 'formats'> {
  readonly file: string;
  /** 0-based index of the document in the file. */
  readonly document: number;
  /** JSON pointer of the Experiment in its document. */
  readonly pointer: string;
  /**
   * What would become of it if something asked for the rewrite, where nothing does. Scripts, metrics and diagnostics are then
   * those of that rewrite.
   */
  readonly ifEnabled?: Outcome;
  /** What would have the filters read more, and the change of the Experiment that takes the proposal. */
  readonly formats?: FormatsReport & { readonly patch?: readonly PatchOperation[] };
  readonly diagnostics: readonly Problem[];
}

/** What becomes of an Experiment, without what was found in it. */
type Outcome = Pick<ExperimentReport, 'outcome' | 'summary' | 'collector'>;

function outcomeOf({ outcome, summary, collector }: ExperimentReport): Outcome {
  return { outcome, summary, collector };
}

/** One plain script. */
export interface JsonScript extends Omit<ScriptsReport, 'diagnostics'> {
  readonly file: string;
  readonly diagnostics: readonly Problem[];
}

/** The JSON report of a preview. */
export function createJsonReport(previews: readonly Preview[], problems: readonly Problem[]): JsonReport {
  return {
    version: 1,
    experiments: previews.map(
      ({ manifest, pointer, report, ifEnabled = report, formatPatch, problems: diagnostics }) => ({
        file: manifest.source.name,
        document: manifest.index,
        pointer,
        ...ifEnabled,
        ...outcomeOf(report),
        ...(ifEnabled === report ? {} : { ifEnabled: outcomeOf(ifEnabled) }),
        ...(ifEnabled.formats
          ? { formats: { ...ifEnabled.formats, ...(formatPatch ? { patch: formatPatch } : {}) } }
          : {}),
        diagnostics,
      }),
    ),
    diagnostics: problems,
  };
}
