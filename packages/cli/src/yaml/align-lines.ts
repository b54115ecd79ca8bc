import { diffArrays } from 'diff';

/** A stretch of two texts, in lines: `[fromA, toA)` of the one stands against `[fromB, toB)` of the other. */
export interface LineStretch {
  readonly same: boolean;
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** The search takes time with lines times changes: more than this costs more than it is worth. */
const LONGEST_SEARCH = 2e7;

/**
 * Aligns two texts line by line. Texts with equally many lines are compared by position (a rewrite keeps line
 * numbers); otherwise the shortest alignment is searched for, within limits.
 */
export function alignLines(a: readonly string[], b: readonly string[]): readonly LineStretch[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  const stretches: LineStretch[] = [];
  const push = (same: boolean, countA: number, countB: number): void => {
    if (countA === 0 && countB === 0) return;
    const last = stretches.at(-1);
    const fromA = last?.toA ?? 0;
    const fromB = last?.toB ?? 0;
    if (last?.same === same)
      stretches[stretches.length - 1] = { ...last, toA: fromA + countA, toB: fromB + countB };
    else stretches.push({ same, fromA, toA: fromA + countA, fromB, toB: fromB + countB });
  };
  push(true, head, head);
  if (middleA.length === middleB.length) {
    for (let i = 0; i < middleA.length; i++) push(middleA[i] === middleB[i], 1, 1);
  } else {
    const parts = diffArrays([...middleA], [...middleB], {
      maxEditLength: Math.ceil(LONGEST_SEARCH / (middleA.length + middleB.length)),
    });
    if (!parts) push(false, middleA.length, middleB.length);
    for (const part of parts ?? []) {
      if (part.added) push(false, 0, part.value.length);
      else if (part.removed) push(false, part.value.length, 0);
      else push(true, part.value.length, part.value.length);
    }
  }
  push(true, tail, tail);
  return stretches;
}
