import { expect, it } from 'vitest';
import { type Edit, mapPositions, moveRanges, splice } from '../src/index.ts';

const text = 'abcdefgh';

/** The letters stay what they are, what is inserted is in capitals. */
const lists: readonly (readonly [from: number, to: number, insert: string][])[] = [
  [],
  [[0, 0, 'X']],
  [[8, 8, 'XY']],
  [
    [2, 2, 'X'],
    [2, 2, 'YZ'],
    [5, 5, 'V'],
  ],
  [[2, 5, 'X']],
  [[2, 5, 'VWXYZ']],
  [
    [1, 3, ''],
    [3, 3, 'X'],
    [3, 4, 'YZ'],
    [6, 8, 'W'],
  ],
];

it.each(lists)('maps the positions of %j', (...list) => {
  const edits = list.map(([from, to, insert]): Edit => ({ from, to, insert, reason: '' }));
  const after = splice(text, edits);
  const positions = mapPositions(edits);
  for (let at = 0; at <= text.length; at++) {
    if (edits.some(({ from, to }) => from < at && at < to)) continue;
    const ahead = edits.filter(({ to }) => to <= at);
    const inserted = ahead.filter(({ from }) => from < at);
    expect(positions.behind(at), `behind ${at}`).toBe(splice(text.slice(0, at), ahead).length);
    expect(positions.before(at), `before ${at}`).toBe(splice(text.slice(0, at), inserted).length);
  }
  for (const [at, letter] of [...after].entries())
    expect(positions.origin(at), `origin of ${at}`).toBe(
      /[A-Z]/.test(letter) ? undefined : text.indexOf(letter),
    );
  expect(positions.inserted.map(({ from, to }) => after.slice(from, to))).toEqual(
    edits.map(({ insert }) => insert),
  );
  const kept = [...text].flatMap((letter, from) =>
    after.includes(letter) ? [{ from, to: from + 1, letter }] : [],
  );
  expect(moveRanges(kept, positions).map(({ from, to }) => after.slice(from, to))).toEqual(
    kept.map(({ letter }) => letter),
  );
});
