import type { Observation } from '../collect/observation.ts';
import { type Difference, quote } from './difference.ts';
import type { ExpectedRow } from './expected-row.ts';
import { findMisfit } from './merge-rows.ts';

/** At most this many rows are named one by one. */
const NAMED = 5;

/**
 * What is wrong with the pushed rows: which are missing, which are too many, or where their order breaks.
 * Empty if they are an interleaving of the streams.
 */
export function compareRows(
  streams: readonly (readonly ExpectedRow[])[],
  pushed: readonly Observation[],
): readonly Difference[] {
  const misfit = findMisfit(streams, pushed);
  if (misfit === undefined) return [];
  const expected = streams.flat();
  const missing = without(
    expected.filter((row) => !row.optional),
    pushed,
  );
  const extra = without(pushed, expected);
  const differences = [
    ...named(missing, (row) => `${row.place} holds ${shown(row)}, which was not pushed`),
    ...named(extra, (row) => `${shown(row)} was pushed at ${row.time}, but no line holds it`),
  ];
  if (differences.length > 0) return differences;
  const message = `row ${misfit + 1} of those pushed, ${shown(pushed[misfit])}, is out of order`;
  return [{ where: 'rows', message }];
}

/** The expected rows that were not pushed, optional ones included; each pushed row stands for one expected one. */
export function unpushed(
  streams: readonly (readonly ExpectedRow[])[],
  pushed: readonly Observation[],
): readonly ExpectedRow[] {
  return without(streams.flat(), pushed);
}

/** `accuracy = "0.9"`. */
export function shown(row: Pick<Observation, 'name' | 'value'> | undefined): string {
  return row === undefined ? 'the end' : `${row.name} = ${quote(row.value)}`;
}

/** The rows of `all` that are left when each row of `taken` takes one away. */
function without<Row extends Observation>(
  all: readonly Row[],
  taken: readonly Observation[],
): readonly Row[] {
  const counts = new Map<string, number>();
  for (const row of taken) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return all.filter((row) => {
    const count = counts.get(keyOf(row)) ?? 0;
    if (count > 0) counts.set(keyOf(row), count - 1);
    return count === 0;
  });
}

function keyOf(row: Observation): string {
  return JSON.stringify([row.name, row.value]);
}

function named<Row>(rows: readonly Row[], message: (row: Row) => string): readonly Difference[] {
  const differences = rows
    .slice(0, NAMED)
    .map((row): Difference => ({ where: 'rows', message: message(row) }));
  const rest = rows.length - NAMED;
  return rest > 0
    ? [...differences, { where: 'rows', message: `… and ${rest} more rows of this kind` }]
    : differences;
}

/**
 * Whether the times of pushed rows, in the order in which the DB manager gives them, strictly increase. Rows of equal
 * time have no order in Katib's database.
 */
export function compareTimes(pushed: readonly Observation[]): readonly Difference[] {
  for (const [index, row] of pushed.entries()) {
    const before = pushed[index - 1];
    if (before === undefined || sortable(before.time) < sortable(row.time)) continue;
    const message = `row ${index + 1} of those pushed, ${shown(row)}, has the time ${row.time}, not later than ${before.time} of the row before`;
    return [{ where: 'times', message }];
  }
  return [];
}

/** A UTC time with nine digits behind the point, so that it sorts as text. */
function sortable(time: string): string {
  const [seconds = '', fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
