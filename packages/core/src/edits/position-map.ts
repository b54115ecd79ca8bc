import { countWhile } from '../layers/count-while.ts';
import type { Range } from '../layers/range.ts';
import type { Edit } from './edit.ts';

/** Where the positions of a text are after edits. A position within what an edit replaces has no place in the new text. */
export interface PositionMap {
  /** Of a position at which texts are inserted, the place in front of them. */
  before(at: number): number;
  /** Of a position at which texts are inserted, the place behind them. */
  behind(at: number): number;
  /** Where a position of the new text was in the old one; absent within what is inserted. */
  origin(at: number): number | undefined;
  /** What the edits insert, as ranges of the new text: one for each edit, ascending. */
  readonly inserted: readonly Range[];
}

/** @param edits sorted, without overlap */
export function mapPositions(edits: readonly Edit[]): PositionMap {
  /** By how much a position is moved once so many edits are passed. */
  const shifts = [0];
  const inserted: Range[] = [];
  for (const { from, to, insert } of edits) {
    const shift = shifts.at(-1) as number;
    inserted.push({ from: from + shift, to: from + shift + insert.length });
    shifts.push(shift + insert.length - (to - from));
  }
  const shiftBehind = (passed: number): number => shifts[passed] as number;
  return {
    inserted,
    before: (at) =>
      at + shiftBehind(countWhile(edits, ({ from, to }) => to < at || (to === at && from < to))),
    behind: (at) => at + shiftBehind(countWhile(edits, ({ to }) => to <= at)),
    origin(at) {
      const passed = countWhile(inserted, ({ from }) => from <= at);
      const last = inserted[passed - 1];
      return last && at < last.to ? undefined : at - shiftBehind(passed);
    },
  };
}

/** Where ranges are after edits, none of which lies inside one of them. */
export function moveRanges(ranges: readonly Range[], { behind }: PositionMap): readonly Range[] {
  return ranges.map((range) => {
    const from = behind(range.from);
    return { from, to: from + range.to - range.from };
  });
}
