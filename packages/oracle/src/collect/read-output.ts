import type { TrialRun } from '../trial/trial-run.ts';
import { type LineRow, readLine } from './read-line.ts';
import { prepareReading, type Reading } from './reading.ts';
import { wantedMetrics } from './wanted-metrics.ts';

/** A row with the place where it was read. */
export interface ReadRow extends LineRow {
  /** 1-based number of the line in its stream; lines end at `\n` only. */
  readonly line: number;
}

/** The rows of a whole output, in order, without the rule for an objective that never appears. */
export function readOutput(output: string | Uint8Array, reading: Reading): readonly ReadRow[] {
  return decodeOutput(output)
    .split('\n')
    .flatMap((line, index) => readLine(line, reading).map((row) => ({ ...row, line: index + 1 })));
}

/** Bytes as text: UTF-8, a byte order mark kept, U+FFFD for what is none. */
export function decodeOutput(output: string | Uint8Array): string {
  return typeof output === 'string' ? output : new TextDecoder('utf-8', { ignoreBOM: true }).decode(output);
}

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
