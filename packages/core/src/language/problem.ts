import type { SyntaxProblem } from './language.ts';

/** What is wrong with a text that holds a NUL byte: a compiled or compressed file with a script's name. */
export function findBinary(text: string): SyntaxProblem | undefined {
  const at = text.indexOf('\0');
  if (at < 0) return undefined;
  const message = 'this is not text: it holds NUL bytes';
  return { code: 'binary', message, range: { from: at, to: at + 1 } };
}

/** The first line of what can't be read, for a message: not too long, empty if there is nothing to show. */
export function shownLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 40 ? `${line.slice(0, 39)}…` : line.trimEnd();
}
