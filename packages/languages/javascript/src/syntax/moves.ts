import { countWhile, type Edit, mapPositions, type PositionMap } from '@katib-push/core';
import type { BabelNode } from './babel-node.ts';

/** Where the positions of a text are after insertions, and what lies in them. */
export interface Moves extends PositionMap {
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
  const map = mapPositions(edits);
  const { before, behind, inserted } = map;
  return {
    ...map,
    isPlaceOf(at, candidate) {
      const last = behind(at);
      if (candidate === last) return true;
      return (
        candidate < last &&
        candidate >= before(at) &&
        inserted[countWhile(inserted, ({ from }) => from < candidate)]?.from === candidate
      );
    },
    isInserted(from, to) {
      const range = inserted[countWhile(inserted, (one) => one.from <= from) - 1];
      return range !== undefined && from < to && to <= range.to;
    },
  };
}
