import type { Edit, Lines } from '@katib-push/core';
import { type Point, type Tree, Edit as TreeEdit } from 'web-tree-sitter';

/**
 * Tells a tree of an edit list, from last to first, so that every position is still one of the old text.
 *
 * @param edits sorted, without overlap
 */
export function editTree(tree: Tree, lines: Lines, edits: readonly Edit[]): void {
  const locate = (index: number): Point => {
    const row = lines.lineAt(index) - 1;
    return { row, column: index - (lines.starts[row] as number) };
  };
  for (const edit of edits.toReversed()) {
    const startPosition = locate(edit.from);
    tree.edit(
      new TreeEdit({
        startIndex: edit.from,
        oldEndIndex: edit.to,
        newEndIndex: edit.from + edit.insert.length,
        startPosition,
        oldEndPosition: locate(edit.to),
        newEndPosition: advance(startPosition, edit.insert),
      }),
    );
  }
}

function advance(point: Point, insert: string): Point {
  const last = insert.lastIndexOf('\n');
  if (last < 0) return { row: point.row, column: point.column + insert.length };
  return { row: point.row + insert.split('\n').length - 1, column: insert.length - last - 1 };
}
