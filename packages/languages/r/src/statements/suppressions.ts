import {
  type CommentSyntax,
  gatherSuppressions,
  once,
  type Suppressions,
  splitLines,
} from '@katib-push/core';
import { rangeOf, type Script } from '../script.ts';

export const comments: CommentSyntax = { line: '#' };

/** Finds the comments that ask to leave a statement alone. */
export function collectSuppressions({ text, root }: Script): Suppressions {
  const lines = once(() => splitLines(text));
  return gatherSuppressions(text, lines, comments, (at) => {
    const node = root.descendantForIndex(at, at + 1);
    return node?.type === 'comment' ? rangeOf(node) : undefined;
  });
}
