import { type SyntaxProblem, shownLine } from '@katib-push/core';
import type { ParseFailure } from '../syntax/parse-text.ts';

export function describeFailure(text: string, { message, at }: ParseFailure): SyntaxProblem {
  const shown = shownLine(text.slice(at));
  const where = shown ? `: ${shown}` : '';
  return {
    code: 'syntax-error',
    message: `this is not valid JavaScript (${message.replace(/\.$/, '')})${where}`,
    range: { from: at, to: Math.max(at, Math.min(at + Math.max(1, shown.length), text.length)) },
  };
}
