import {
  collect,
  compareExperiment,
  type Observation,
  runTrial,
  succeeded,
  UNAVAILABLE,
  wantedMetrics,
} from '@katib-push/oracle';
import type { Trial } from './trials.ts';

/** What each way stores of one trial. */
export interface Stored {
  readonly pull: readonly Observation[];
  readonly push: readonly Observation[];
  /** Documented differences that were met: rules of the oracle. */
  readonly rules: readonly string[];
  /** Whether nothing else differs: rows, output, exit code, the Experiment itself. */
  readonly identical: boolean;
}

/**
 * Runs a trial as Katib's wrapper runs it, both streams into one file, and reads that file as the collector would; then
 * lets the oracle run the original and the rewritten trial.
 */
export async function measureStored(trial: Trial, path: readonly string[]): Promise<Stored> {
  const options = { set: trial.set, path, timeoutSeconds: 60 };
  const merged = await runTrial(trial.pull, { ...options, joined: true });
  const { wanted, filters } = wantedMetrics(trial.pull);
  const { pushed, comparison, identical } = await compareExperiment(trial.pull, trial.push, options);
  return {
    // the sidecar of a run that failed reports nothing
    pull: succeeded(merged) ? collect(merged.stdout, wanted, filters) : [],
    push: pushed,
    rules: comparison.knownDifferences.map(({ rule }) => rule),
    identical,
  };
}

/** Rows in words: how many, and how many of them hold no number. */
export function describeRows(rows: readonly Observation[]): string {
  const useless = rows.filter(({ value }) => value === '' || value === UNAVAILABLE).length;
  return `${rows.length}${useless > 0 ? ` (${useless} without a value)` : ''}`;
}
