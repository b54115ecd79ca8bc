import type { SyntaxProblem } from '@katib-push/core';
import type { ParseFailure } from '../syntax/parse-text.ts';

/** A NUL byte: a compiled or compressed file with a script's name. `undefined` for text. */
export function findBinary(text: string): SyntaxProblem | undefined {
  const at = text.indexOf('\0');
  if (at < 0) return undefined;
  const message = 'this is not text: it holds NUL bytes';
  return { code: 'binary', message, range: { from: at, to: at + 1 } };
}

export function describeFailure(text: string, { message, at }: ParseFailure): SyntaxProblem {
  const [line = ''] = text.slice(at).split('\n');
  const shown = line.length > 40 ? `${line.slice(0, 39)}…` : line.trimEnd();
  const where = shown ? `: ${shown}` : '';
  return {
    code: 'syntax-error',
    message: `this is not valid JavaScript (${message.replace(/\.$/, '')})${where}`,
    range: { from: at, to: Math.max(at, Math.min(at + Math.max(1, shown.length), text.length)) },
  };
}
