import type { Edit, Range } from '@katib-push/core';

/** Where ranges of a text are after insertions into it, none of which lies inside one. */
export function shiftRanges(ranges: readonly Range[], edits: readonly Edit[]): readonly Range[] {
  return ranges.map(({ from, to }) => {
    let by = 0;
    for (const edit of edits) if (edit.from <= from) by += edit.insert.length;
    return { from: from + by, to: to + by };
  });
}
