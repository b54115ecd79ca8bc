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
 * Reads one stream of a run. What is no number is not expected, but for numbers in brackets; values that are not finite
 * only where the trial asks for them. Of a run that failed, what the interpreter writes about
 * the failure (the end of stderr, from its traceback on) is optional, and so is everything with `partial`. So is what Node
 * writes about an error that nothing catches, however the run ends: it says where that begins and ends.
 */
export function expectRows(stream: Stream, run: TrialRun, reading: Reading, partial: boolean): StreamRows {
  const read = readOutput(run[stream], reading);
  const lines = stream === 'stderr' ? decodeOutput(run.stderr).split('\n') : [];
  const failure = succeeded(run) ? Number.POSITIVE_INFINITY : failureLine(lines);
  const uncaught = uncaughtLines(lines);
  const expected = read
    .filter((row) => isPushed(row, run))
    .map((row) => ({
      ...row,
      value: row.pushed,
      place: `${stream} line ${row.line}`,
      optional: partial || row.line >= failure || uncaught.has(row.line),
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
function failureLine(lines: readonly string[]): number {
  let at = lines.findLastIndex((line) => TRACEBACK.test(line));
  if (at < 0) at = lines.findLastIndex((line) => /^ {2}File ".*", line \d+/.test(line));
  while (/^(?:During handling of|The above exception was)/.test(lines[at - 2] ?? '')) {
    const before = lines.slice(0, at).findLastIndex((line) => TRACEBACK.test(line));
    if (before < 0) break;
    at = before;
  }
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/**
 * The 1-based lines of what Node writes by itself about an error: the source line that it quotes, and all that follows up
 * to its version.
 *
 *     /work/train.js:9
 *     throw new Error("loss=3")
 *     ^
 *
 *     Error: loss=3
 *         at train (/work/train.js:9:7)
 *
 *     Node.js v22.11.0
 */
function uncaughtLines(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let begin: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (/\S:\d+$/.test(line) && /^\s*\^+\s*$/.test(lines[index + 2] ?? '')) {
      begin = index + 1;
      found.add(begin + 1);
    }
    if (begin === undefined || !/^Node\.js v\d/.test(line)) continue;
    for (let at = begin; at <= index; at++) found.add(at + 1);
    begin = undefined;
  }
  return found;
}

/** Whether two rows have the same name and value. Times are the client's own. */
export function sameRow(
  a: Pick<Observation, 'name' | 'value'>,
  b: Pick<Observation, 'name' | 'value'>,
): boolean {
  return a.name === b.name && a.value === b.value;
}
