import type { TrialRun } from '../trial/trial-run.ts';
import { type ReadRow, readOutput } from './read-output.ts';
import { prepareReading } from './reading.ts';
import { wantedMetrics } from './wanted-metrics.ts';

/**
 * The rows that Katib's collector reads from a run of an Experiment, stdout's before stderr's.
 *
 * Throws OracleError: `usage` if the Experiment names no objective, `invalid-filter` where the collector would crash.
 */
export function readRows(experiment: unknown, run: Pick<TrialRun, 'stdout' | 'stderr'>): readonly ReadRow[] {
  const { wanted, filters } = wantedMetrics(experiment);
  const reading = prepareReading(wanted, filters);
  return [run.stdout, run.stderr].flatMap((output) => readOutput(output, reading));
}
