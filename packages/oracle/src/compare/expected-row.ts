import type { Observation } from '../collect/observation.ts';
import { decodeOutput, type ReadRow, readOutput } from '../collect/read-output.ts';
import type { Reading } from '../collect/reading.ts';
import { type Stream, succeeded, type TrialRun } from '../trial/trial-run.ts';

const TRACEBACK = /^(?:\[\w+\]:\s*)?Traceback \(most recent call last\):/;

/** A row that a client should have pushed. */
export interface ExpectedRow extends Observation {
  /** Where it was written, for people: `stdout line 3`. */
  readonly place: string;
  /** Whether the row may be missing. */
  readonly optional: boolean;
}

/** The rows of one stream of a run, with the rules about single rows applied. */
export interface StreamRows {
  /** All that the collector reads. */
  readonly read: readonly ReadRow[];
  /** Those of them that a client has to push, or may. */
  readonly expected: readonly ExpectedRow[];
}

/**
 * Reads one stream of a run. Empty values are not expected, but for numbers in brackets; values that are not finite only
 * where the trial asks for them. Of a run that failed, what the interpreter writes about
 * the failure (the end of stderr, from its traceback on) is optional, and so is everything with `partial`.
 */
export function expectRows(stream: Stream, run: TrialRun, reading: Reading, partial: boolean): StreamRows {
  const read = readOutput(run[stream], reading);
  const failure = stream === 'stderr' && !succeeded(run) ? failureLine(run.stderr) : Number.POSITIVE_INFINITY;
  const expected = read
    .filter((row) => isPushed(row, run))
    .map((row) => ({
      ...row,
      value: row.pushed,
      place: `${stream} line ${row.line}`,
      optional: partial || row.line >= failure,
    }));
  return { read, expected };
}

/** Whether a client pushes anything for a row. */
export function isPushed(row: ReadRow, run: TrialRun): boolean {
  return row.pushed !== '' && (!row.notFinite || run.pushesNotFinite === true);
}

/**
 * The 1-based line where the account of the failure begins: that of the last `Traceback`, or of the first one in the
 * chain that ends with it; where there is none (an error of syntax), the last `File` line.
 */
function failureLine(stderr: Uint8Array): number {
  const lines = decodeOutput(stderr).split('\n');
  let at = lines.findLastIndex((line) => TRACEBACK.test(line));
  if (at < 0) at = lines.findLastIndex((line) => /^ {2}File ".*", line \d+/.test(line));
  while (/^(?:During handling of|The above exception was)/.test(lines[at - 2] ?? '')) {
    const before = lines.slice(0, at).findLastIndex((line) => TRACEBACK.test(line));
    if (before < 0) break;
    at = before;
  }
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/** Whether two rows have the same name and value. Times are the client's own. */
export function sameRow(
  a: Pick<Observation, 'name' | 'value'>,
  b: Pick<Observation, 'name' | 'value'>,
): boolean {
  return a.name === b.name && a.value === b.value;
}
