/** Both ends belong to it. */
export type CodePointRange = readonly [first: number, last: number];

/**
 * Characters that a filter can read at one place: ascending ranges that neither overlap nor touch.
 *
 * A line is decoded UTF-8 and holds no surrogates, so they are never an end of a range: U+D7FF and U+E000 touch.
 */
export type CodePointSet = readonly CodePointRange[];

const LAST_CODE_POINT = 0x10ffff;
const BEFORE_SURROGATES = 0xd7ff;
const AFTER_SURROGATES = 0xe000;

export const everything: CodePointSet = [[0, LAST_CODE_POINT]];

/** The set of all characters in some of the ranges, which may overlap and come in any order. */
export function uniteRanges(ranges: readonly CodePointRange[]): CodePointSet {
  const united: [number, number][] = [];
  for (const [first, last] of ranges.map(leaveOutSurrogates).sort((a, b) => a[0] - b[0])) {
    const previous = united.at(-1);
    if (first > last) continue;
    if (previous !== undefined && first <= nextCodePoint(previous[1])) {
      previous[1] = Math.max(previous[1], last);
    } else {
      united.push([first, last]);
    }
  }
  return united;
}

/** All characters that are not in the set. */
export function negateSet(set: CodePointSet): CodePointSet {
  const gaps: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of set) {
    gaps.push([next, first - 1]);
    next = last + 1;
  }
  gaps.push([next, LAST_CODE_POINT]);
  return uniteRanges(gaps);
}

export function isInSet(set: CodePointSet, codePoint: number): boolean {
  return set.some(([first, last]) => first <= codePoint && codePoint <= last);
}

/** The characters that are in both. */
export function intersect(a: CodePointSet, b: CodePointSet): CodePointSet {
  return negateSet(uniteRanges([...negateSet(a), ...negateSet(b)]));
}

/** Whether every character is in the set that a line can hold. */
export function readsAll(set: CodePointSet): boolean {
  return (
    uniteRanges([...set, [10, 10]])
      .flat()
      .join() === everything.flat().join()
  );
}

/** Whether some character is in both; `b` may be in any order. */
export function overlap(a: CodePointSet, b: readonly CodePointRange[]): boolean {
  return a.some(([first, last]) => b.some((range) => range[0] <= last && first <= range[1]));
}

function leaveOutSurrogates([first, last]: CodePointRange): CodePointRange {
  return [
    first > BEFORE_SURROGATES && first < AFTER_SURROGATES ? AFTER_SURROGATES : first,
    last > BEFORE_SURROGATES && last < AFTER_SURROGATES ? BEFORE_SURROGATES : last,
  ];
}

function nextCodePoint(codePoint: number): number {
  return codePoint === BEFORE_SURROGATES ? AFTER_SURROGATES : codePoint + 1;
}
