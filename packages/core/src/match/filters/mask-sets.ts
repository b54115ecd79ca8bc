import type { CodePointSet } from './code-point-set.ts';

const NEWLINE = 10;

/**
 * A bit for each kind of character that some set tells apart, and for each set the bits of its characters: two sets
 * have a character in common if and only if their masks have a bit in common. A line holds no line break, so a line
 * break has no bit. Bit 0 stands for a character that only a negated set can read.
 */
export function maskSets(sets: readonly CodePointSet[]): readonly bigint[] {
  const borders = new Set([0, NEWLINE, NEWLINE + 1]);
  for (const set of sets) {
    for (const [first, last] of set) borders.add(first).add(last + 1);
  }
  const firsts = [...borders].sort((a, b) => a - b).filter((first) => first !== NEWLINE && first <= 0x10ffff);
  return sets.map((set) => {
    let mask = 0n;
    let range = 0;
    firsts.forEach((first, bit) => {
      while (range < set.length && set[range]![1] < first) range++;
      if (range < set.length && set[range]![0] <= first) mask |= 1n << BigInt(bit);
    });
    return mask;
  });
}
