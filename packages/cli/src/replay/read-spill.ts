import { type Problem, problem } from '../problems/problem.ts';

/** A row of a spill file that waits to be delivered. */
export interface SpilledRow {
  /** Bytes of its line in the file, half-open, without the newline. */
  readonly from: number;
  readonly to: number;
  /** 1-based. */
  readonly line: number;
  readonly trial: string;
  readonly time: string;
  readonly name: string;
  readonly value: string;
}

/** A line that begins with this was delivered. */
export const deliveredMark = '#'.charCodeAt(0);

/** RFC 3339, as the push clients write it or with another offset. */
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * Reads a spill file: JSON lines of push clients. Empty lines and lines that were delivered are passed over; what is
 * neither that nor a row is a problem `bad-row`.
 */
export function readSpill(
  file: string,
  bytes: Uint8Array,
): { readonly rows: readonly SpilledRow[]; readonly problems: readonly Problem[] } {
  const rows: SpilledRow[] = [];
  const problems: Problem[] = [];
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    line++;
    if (bytes[from] !== deliveredMark) {
      const read = readRow(bytes.subarray(from, to));
      if (typeof read === 'string')
        problems.push(
          problem('bad-row', `The line is no row: ${read}.`, { file, place: { line, column: 1 } }),
        );
      else if (read) rows.push({ from, to, line, ...read });
    }
    from = to + 1;
  }
  return { rows, problems };
}

/** The row of a line; what is wrong with it; or undefined for an empty line. */
function readRow(
  bytes: Uint8Array,
): Pick<SpilledRow, 'trial' | 'time' | 'name' | 'value'> | string | undefined {
  let row: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.trim() === '') return undefined;
    row = JSON.parse(text);
  } catch (error) {
    return error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8';
  }
  const { trial_name: trial, time_stamp: time, metric } = Object(row);
  const { name, value } = Object(metric);
  if (typeof trial !== 'string' || trial === '') return 'trial_name has to be a text that is not empty';
  if (typeof time !== 'string' || !rfc3339.test(time) || Number.isNaN(Date.parse(time)))
    return 'time_stamp has to be a time as in 2026-01-01T00:00:00.000001Z';
  if (typeof name !== 'string' || name === '') return 'metric.name has to be a text that is not empty';
  if (typeof value !== 'string') return 'metric.value has to be a text';
  return { trial, time, name: name.toWellFormed(), value: value.toWellFormed() };
}
