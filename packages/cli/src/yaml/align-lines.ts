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

/** How many changes between some lines are looked for. */
export function mostChanges(a: readonly string[], b: readonly string[]): number {
  return Math.ceil(LONGEST_SEARCH / (a.length + b.length + 1));
}

/** Aligns two texts line by line, with as few changes as can be; with very many, one stands against the other as a whole. */
export function alignLines(a: readonly string[], b: readonly string[]): readonly LineStretch[] {
  const parts = diffArrays([...a], [...b], { maxEditLength: mostChanges(a, b) }) ?? [
    { count: a.length, removed: true, added: false },
    { count: b.length, removed: false, added: true },
  ];
  const stretches: LineStretch[] = [];
  for (const { count, added, removed } of parts) {
    const last = stretches.at(-1);
    const { toA: fromA, toB: fromB } = last ?? { toA: 0, toB: 0 };
    const same = !added && !removed;
    const to = { toA: fromA + (added ? 0 : count), toB: fromB + (removed ? 0 : count) };
    if (last && !last.same && !same) stretches[stretches.length - 1] = { ...last, ...to };
    else stretches.push({ same, fromA, fromB, ...to });
  }
  return stretches;
}
