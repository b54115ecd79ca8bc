import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRows } from '../../src/compare/compare-rows.ts';
import type { ExpectedRow } from '../../src/compare/expected-row.ts';
import { NO_TIME } from '../../src/index.ts';
import { pushedOf } from '../run.ts';

/** Rows of one stream from `name=value`; those that may be missing begin with `?`. */
function stream(...rows: readonly string[]): readonly ExpectedRow[] {
  return rows.map((row, index) => {
    const [name = '', value = ''] = row.replace('?', '').split('=');
    return { name, value, time: NO_TIME, place: `stdout line ${index + 1}`, optional: row.startsWith('?') };
  });
}

function messages(
  streams: readonly (readonly ExpectedRow[])[],
  ...pushed: readonly string[]
): readonly string[] {
  return compareRows(streams, pushedOf(...pushed)).map(({ message }) => message);
}

describe('compareRows', () => {
  it('accepts every interleaving of the streams', () => {
    const streams = [stream('a=1', 'a=2'), stream('b=1', 'b=2')];
    expect(messages(streams, 'a=1', 'a=2', 'b=1', 'b=2')).toEqual([]);
    expect(messages(streams, 'b=1', 'a=1', 'b=2', 'a=2')).toEqual([]);
  });

  it('follows rows that stand at the head of several streams', () => {
    const streams = [stream('a=1', 'a=2'), stream('a=1', 'a=3')];
    expect(messages(streams, 'a=1', 'a=3', 'a=1', 'a=2')).toEqual([]);
    expect(messages(streams, 'a=1', 'a=2', 'a=3', 'a=1')).toEqual([
      'row 3 of those pushed, a = "3", is out of order',
    ]);
  });

  it('finds a dropped row', () => {
    expect(messages([stream('a=1', 'a=2')], 'a=1')).toEqual([
      'stdout line 2 holds a = "2", which was not pushed',
    ]);
  });

  it('finds an extra row, also one that was pushed twice', () => {
    const extra = expect.stringMatching(/^a = "1" was pushed at 2026.*, but no line holds it$/);
    expect(messages([stream('a=1')], 'a=1', 'a=1')).toEqual([extra]);
    expect(messages([stream()], 'a=1')).toEqual([extra]);
  });

  it('finds swapped rows', () => {
    expect(messages([stream('a=1', 'a=2', 'a=3')], 'a=1', 'a=3', 'a=2')).toEqual([
      'row 2 of those pushed, a = "3", is out of order',
    ]);
  });

  it('finds a changed value: one row is missing and one too many', () => {
    expect(messages([stream('a=1')], 'a=1.0')).toHaveLength(2);
  });

  it('names a few rows and counts the rest', () => {
    const many = Array.from({ length: 20 }, (_, index) => `a=${index}`);
    expect(messages([stream(...many)])).toHaveLength(6);
    expect(messages([stream(...many)]).at(-1)).toBe('… and 15 more rows of this kind');
  });

  it('lets optional rows be missing, but not out of order', () => {
    const streams = [stream('?a=1', 'a=2', '?a=3')];
    expect(messages(streams, 'a=2')).toEqual([]);
    expect(messages(streams, 'a=1', 'a=2', 'a=3')).toEqual([]);
    expect(messages(streams, 'a=2', 'a=1')).toEqual(['row 2 of those pushed, a = "1", is out of order']);
    expect(messages(streams, 'a=1')).toEqual(['stdout line 2 holds a = "2", which was not pushed']);
  });

  it('does not take an optional row where the equal required one is meant', () => {
    expect(messages([stream('?a=1', 'a=1')], 'a=1')).toEqual([]);
  });

  const names = fc.array(fc.constantFrom('a=1', 'a=2', 'b=1'), { maxLength: 12 });

  it('accepts any random interleaving', () => {
    fc.assert(
      fc.property(
        names,
        names,
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        (left, right, coins) => {
          const [one, two] = [[...left], [...right]];
          const pushed = coins.flatMap(
            (coin) => (coin ? (one.shift() ?? two.shift()) : (two.shift() ?? one.shift())) ?? [],
          );
          expect(messages([stream(...left), stream(...right)], ...pushed)).toEqual([]);
        },
      ),
    );
  });

  it('accepts any subsequence where all rows are optional, and nothing else', () => {
    fc.assert(
      fc.property(names, names, (rows, pushed) => {
        let next = 0;
        for (const row of rows) if (row === pushed[next]) next++;
        const isSubsequence = next === pushed.length;
        const accepted = messages([stream(...rows.map((row) => `?${row}`))], ...pushed).length === 0;
        expect(accepted).toBe(isSubsequence);
      }),
    );
  });

  it('stays fast where the streams are alike', () => {
    const rows = Array.from({ length: 1500 }, (_, index) => `a=${index % 3}`);
    expect(messages([stream(...rows), stream(...rows)], ...rows, ...rows)).toEqual([]);
  });
});
