import { countWhile, type Edit, type Range } from '@katib-push/core';
import type { BabelNode } from './babel-node.ts';

/** Where the positions of a text are after insertions. */
export interface Moves {
  /** Of a position at which texts are inserted, the place in front of them. */
  before(at: number): number;
  /** Of a position at which texts are inserted, the place behind them. */
  behind(at: number): number;
  /** Whether a node that began, or ended, at `at` may do so at `candidate`: in front of, between or behind insertions. */
  isPlaceOf(at: number, candidate: number): boolean;
  /** Whether a range of the new text is part of an inserted one. */
  isInserted(from: number, to: number): boolean;
}

/** How the nodes of an earlier text's tree get their places in the text as it is now. */
export interface Moved {
  readonly moves: Moves;
  /** Nodes that have been made for this text: they, and all in them, have their places in it. */
  readonly fresh: ReadonlySet<BabelNode>;
}

/** @param edits insertions, in source order */
export function createMoves(edits: readonly Edit[]): Moves {
  const places = edits.map(({ from }) => from);
  const sums = [0];
  const inserted: Range[] = [];
  for (const { from, insert } of edits) {
    const sum = sums.at(-1) as number;
    inserted.push({ from: from + sum, to: from + sum + insert.length });
    sums.push(sum + insert.length);
  }
  const starts = inserted.map(({ from }) => from);
  const before = (at: number): number => at + (sums[countWhile(places, (place) => place < at)] as number);
  const behind = (at: number): number => at + (sums[countWhile(places, (place) => place <= at)] as number);
  return {
    before,
    behind,
    isPlaceOf(at, candidate) {
      const last = behind(at);
      if (candidate === last) return true;
      return (
        candidate < last &&
        candidate >= before(at) &&
        starts[countWhile(starts, (start) => start < candidate)] === candidate
      );
    },
    isInserted(from, to) {
      const range = inserted[countWhile(starts, (start) => start <= from) - 1];
      return range !== undefined && from < to && to <= range.to;
    },
  };
}
