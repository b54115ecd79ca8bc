import { countWhile } from './count-while.ts';
import type { Range } from './range.ts';

/** Finds lines by position. Lines end at `\n`, `\r\n` or `\r`, and count from 1. */
export interface LineIndex {
  readonly text: string;
  lineAt(position: number): number;
  /** The line's range, its end excluded. */
  rangeOf(line: number): Range;
}

/** Indexes the lines of a text once; each look-up is a binary search. */
export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  if (text.includes('\r'))
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    text,
    lineAt: (position) => countWhile(starts, (start) => start <= position),
    rangeOf(line) {
      const from = starts[line - 1] ?? text.length;
      const next = starts[line] ?? text.length;
      const end = text.slice(from, next).replace(/[\r\n]+$/, '').length;
      return { from, to: from + end };
    },
  };
}

/**
 * The source line with a caret line under it, at most 100 characters wide.
 *
 *     print(f"accuracy={acc}")
 *     ^^^^^
 */
export function frameAt(lines: LineIndex, range: Range): string {
  const line = lines.rangeOf(lines.lineAt(range.from));
  const start = Math.max(line.from, Math.min(range.from - 50, line.to - 100));
  const shown = lines.text
    .slice(start, Math.min(line.to, start + 100))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ');
  const column = Math.max(0, range.from - start);
  const width = Math.max(1, Math.min(range.to, line.to, start + 100) - range.from);
  return `${shown}\n${' '.repeat(column)}${'^'.repeat(width)}`;
}
