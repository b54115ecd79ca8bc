import { countWhile } from './count-while.ts';
import type { Range } from './range.ts';

/** Positions and lines of one text. Positions count UTF-16 units from 0, lines count from 1. */
export interface Lines {
  readonly text: string;
  /** Where each line starts: the first line's start is the first item. */
  readonly starts: readonly number[];
  lineAt(position: number): number;
  /** The line's range, what ends it excluded. */
  rangeOf(line: number): Range;
}

/**
 * Finds where lines start, once; each look-up is then a binary search.
 *
 * @param ends what ends a line: `\n` alone, as parsers count (default), or whatever editors take: `\n`, `\r\n` or `\r`
 */
export function splitLines(text: string, ends: 'newline' | 'any' = 'newline'): Lines {
  const starts = [0];
  if (ends === 'any' && text.includes('\r'))
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    text,
    starts,
    lineAt: (position) => countWhile(starts, (start) => start <= position),
    rangeOf(line) {
      const from = starts[line - 1] ?? text.length;
      const next = starts[line] ?? text.length;
      return { from, to: from + endBefore('\r\n', text.slice(from, next)) };
    },
  };
}

/**
 * The source line with a caret line under it, at most 100 characters wide.
 *
 *     print(f"accuracy={acc}")
 *     ^^^^^
 */
export function frameAt(lines: Lines, range: Range): string {
  const line = lines.rangeOf(lines.lineAt(range.from));
  const start = Math.max(line.from, Math.min(range.from - 50, line.to - 100));
  const shown = lines.text
    .slice(start, Math.min(line.to, start + 100))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ');
  const column = Math.max(0, range.from - start);
  const width = Math.max(1, Math.min(range.to, line.to, start + 100) - range.from);
  return `${shown}\n${' '.repeat(column)}${'^'.repeat(width)}`;
}

/** Where a text ends without any of these characters behind it. In steps: an expression would begin anew at each within. */
export function endBefore(ends: string, text: string, from = 0): number {
  let end = text.length;
  while (end > from && ends.includes(text.charAt(end - 1))) end--;
  return end;
}
