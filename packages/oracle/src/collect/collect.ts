import { NO_TIME, type Observation, UNAVAILABLE } from './observation.ts';
import { readJsonOutput } from './read-json-output.ts';
import { readOutput } from './read-output.ts';
import { prepareReading } from './reading.ts';

/**
 * What Katib's StdOut or File collector stores for an output: the rows in order, or, if the objective metric is in none
 * of them, one row `objective = unavailable` in place of all.
 *
 * @param output the merged output of the container, or the file, as bytes or text
 * @param wanted metric names, the objective first
 * @param filters `metricsFormat`; absent or empty for Katib's default
 * @param format of a file; StdOut is always TEXT
 *
 * Throws OracleError: `usage` without a wanted name, `invalid-filter` and `unreadable-output` where the collector would
 * fail.
 */
export function collect(
  output: string | Uint8Array,
  wanted: readonly string[],
  filters?: readonly string[],
  format: 'TEXT' | 'JSON' = 'TEXT',
): readonly Observation[] {
  const reading = prepareReading(wanted, filters);
  const objective = reading.wanted[0] ?? '';
  const rows =
    format === 'JSON'
      ? readJsonOutput(output, reading.wanted)
      : readOutput(output, reading).map(({ name, value, time }) => ({ name, value, time }));
  if (rows.some((row) => row.name === objective)) return rows;
  return [{ name: objective, value: UNAVAILABLE, time: NO_TIME }];
}
