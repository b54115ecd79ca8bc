import type { Way } from '@katib-push/katib';
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

/** What one way of pushing stores of a trial. */
export interface Stored {
  readonly rows: readonly Observation[];
  /** Documented differences that were met: rules of the oracle. */
  readonly rules: readonly string[];
  /** Whether nothing else differs: rows, output, exit code, the Experiment itself. */
  readonly identical: boolean;
}

/** Runs a trial as Katib's wrapper runs it, both streams into one file, and reads that file as the collector would. */
export async function measurePulled(trial: Trial, path: readonly string[]): Promise<readonly Observation[]> {
  const merged = await runTrial(trial.pull, { set: trial.set, path, timeoutSeconds: 60, joined: true });
  const { wanted, filters } = wantedMetrics(trial.pull);
  // the sidecar of a run that failed reports nothing
  return succeeded(merged) ? collect(merged.stdout, wanted, filters) : [];
}

/** Lets the oracle run the original and the rewritten trial. */
export async function measurePushed(trial: Trial, way: Way, path: readonly string[]): Promise<Stored> {
  const { asked, rewritten } = trial.pushed[way];
  const options = { set: trial.set, path, timeoutSeconds: 60 };
  const { pushed, comparison, identical } = await compareExperiment(asked, rewritten, options);
  return { rows: pushed, rules: comparison.knownDifferences.map(({ rule }) => rule), identical };
}

/** Rows in words: how many, and how many of them hold no number. */
export function describeRows(rows: readonly Observation[]): string {
  const useless = rows.filter(({ value }) => value === '' || value === UNAVAILABLE).length;
  return `${rows.length}${useless > 0 ? ` (${useless} without a value)` : ''}`;
}
