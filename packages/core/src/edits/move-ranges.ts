import type { Range } from '../layers/range.ts';
import type { Edit } from './edit.ts';

/** Where ascending ranges of a text are after a sorted edit list, none of which lies inside one of them. */
export function moveRanges(ranges: readonly Range[], edits: readonly Edit[]): readonly Range[] {
  let shift = 0;
  let next = 0;
  return ranges.map(({ from, to }) => {
    for (; next < edits.length && (edits[next] as Edit).to <= from; next++) {
      const edit = edits[next] as Edit;
      shift += edit.insert.length - (edit.to - edit.from);
    }
    return { from: from + shift, to: to + shift };
  });
}
