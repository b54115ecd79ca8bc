import type { Edit, Range } from '@katib-push/core';

/** Where the inserted texts stand in the new text. */
export function insertedRanges(edits: readonly Edit[]): readonly Range[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map(({ from, to, insert }) => {
      const start = from + shift;
      shift += insert.length - (to - from);
      return { from: start, to: start + insert.length };
    });
}
