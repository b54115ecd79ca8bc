import { type CommentSyntax, gatherSuppressions, type Suppressions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';

export const comments: CommentSyntax = { line: '#' };

/** Finds the comments that ask to leave a statement alone. */
export function collectSuppressions({ text, lines, commentAt }: Script): Suppressions {
  return gatherSuppressions(text, lines, comments, commentAt);
}
