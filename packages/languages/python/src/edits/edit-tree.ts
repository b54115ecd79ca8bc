import type { Edit, Lines, Range } from '@katib-push/core';
import { type Point, type Tree, Edit as TreeEdit } from 'web-tree-sitter';

/**
 * Tells a tree of an edit list, from last to first, so that every position is still one of the old text.
 *
 * @param edits in any order, without overlap; insertions at one position keep the order of the list
 */
export function editTree(tree: Tree, lines: Lines, edits: readonly Edit[]): void {
  const locate = (index: number): Point => {
    const row = lines.lineAt(index) - 1;
    return { row, column: index - (lines.starts[row] as number) };
  };
  for (const edit of ordered(edits).reverse()) {
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

/** The text after an edit list, and where ranges of it are then that no edit lies in. */
export function splice(
  text: string,
  edits: readonly Edit[],
  ranges: readonly Range[],
): { readonly text: string; readonly ranges: readonly Range[] } {
  const pieces: string[] = [];
  const moved: Range[] = [];
  let at = 0;
  let shift = 0;
  let next = 0;
  for (const edit of ordered(edits)) {
    for (; next < ranges.length && (ranges[next] as Range).to <= edit.from; next++)
      moved.push(shifted(ranges[next] as Range, shift));
    pieces.push(text.slice(at, edit.from), edit.insert);
    at = edit.to;
    shift += edit.insert.length - (edit.to - edit.from);
  }
  pieces.push(text.slice(at));
  for (; next < ranges.length; next++) moved.push(shifted(ranges[next] as Range, shift));
  return { text: pieces.join(''), ranges: moved };
}

function shifted(range: Range, by: number): Range {
  return { from: range.from + by, to: range.to + by };
}

function ordered(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.from - b.from || a.to - b.to);
}

function advance(point: Point, insert: string): Point {
  const last = insert.lastIndexOf('\n');
  if (last < 0) return { row: point.row, column: point.column + insert.length };
  return { row: point.row + insert.split('\n').length - 1, column: insert.length - last - 1 };
}
