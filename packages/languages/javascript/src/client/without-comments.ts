import type { Range } from '@katib-push/core';

/**
 * A part of a text without its comments: a line that holds nothing else goes, too. Nothing else changes.
 *
 * @param comments inside the part, ascending, as a parser gives them
 */
export function withoutComments(text: string, part: Range, comments: readonly Range[]): string {
  const kept: string[] = [];
  let from = part.from;
  for (const comment of comments) {
    const lineStart = text.lastIndexOf('\n', comment.from - 1) + 1;
    const nextLine = text.indexOf('\n', comment.to) + 1;
    const before = text.slice(lineStart, comment.from);
    const behind = text.slice(comment.to, nextLine);
    const isAlone = before.trim() === '' && behind.trim() === '';
    kept.push(text.slice(from, isAlone ? lineStart : comment.from).replace(isAlone ? '' : / +$/, ''));
    from = isAlone ? nextLine : comment.to;
  }
  kept.push(text.slice(from, part.to));
  return kept.join('');
}
