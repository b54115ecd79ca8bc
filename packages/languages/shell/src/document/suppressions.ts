import {
  type CommentSyntax,
  gatherSuppressions,
  once,
  type Range,
  type Suppressions,
  splitLines,
} from '@katib-push/core';
import type { ParsedScript } from 'unbash';
import { fieldsOf } from '../fields-of.ts';

export const comments: CommentSyntax = { line: '#' };

/** Where a comment may begin, up to the position in question. */
const BEGIN = /(?<=^|[\s;&|()])#[^\n]*$/;

/** Finds the comments that ask to leave a statement alone. */
export function collectSuppressions(text: string, script: () => ParsedScript): Suppressions {
  const words = once(() => wordsOf(script()));
  const lines = once(() => splitLines(text));
  return gatherSuppressions(text, lines, comments, (at) => {
    const line = text.lastIndexOf('\n', at - 1) + 1;
    const begin = BEGIN.exec(text.slice(line, at));
    if (!begin) return undefined;
    const from = line + begin.index;
    if (words().some((word) => word.from <= from && from < word.to)) return undefined;
    const [comment = ''] = text.slice(from).split(/\r?\n/, 1);
    return { from, to: from + comment.length };
  });
}

/** Stretches in which `#` begins no comment: words and the bodies of heredocs. */
function wordsOf(script: ParsedScript): readonly Range[] {
  const found: Range[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pos, end } = node as { type?: string; pos?: number; end?: number };
    if ((type === 'Word' || type === 'HereDocBody') && pos !== undefined && end !== undefined)
      found.push({ from: pos, to: end });
    else for (const field of fieldsOf(node)) visit(field);
  };
  visit(script);
  return found;
}
