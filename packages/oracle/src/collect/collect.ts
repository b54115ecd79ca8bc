import { NO_TIME, type Observation, UNAVAILABLE } from './observation.ts';
import { readOutput } from './read-output.ts';
import { prepareReading } from './reading.ts';

/**
 * What Katib's StdOut collector (TEXT format) stores for an output: the rows in order, or, if the objective metric
 * is in none of them, one row `objective = unavailable` in place of all.
 *
 * @param output the merged output of the container, as bytes or text
 * @param wanted metric names, the objective first
 * @param filters `metricsFormat`; absent or empty for Katib's default
 *
 * Throws OracleError: `usage` without a wanted name, `invalid-filter` where the collector would crash.
 */
export function collect(
  output: string | Uint8Array,
  wanted: readonly string[],
  filters?: readonly string[],
): readonly Observation[] {
  const reading = prepareReading(wanted, filters);
  const objective = reading.wanted[0] ?? '';
  const rows = readOutput(output, reading).map(({ name, value, time }) => ({ name, value, time }));
  if (rows.some((row) => row.name === objective)) return rows;
  return [{ name: objective, value: UNAVAILABLE, time: NO_TIME }];
}
