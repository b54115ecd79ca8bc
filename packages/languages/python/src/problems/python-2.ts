import type { SyntaxProblem } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** One habit of Python 2: where its text may stand, and what the tree shows if it does. */
interface Habit {
  readonly message: string;
  readonly pattern: RegExp;
  /** @param at the node at the start of the pattern's last group */
  readonly holds: (at: Syntax) => boolean;
}

const HABITS: readonly Habit[] = [
  {
    message: 'print is a statement here: this is Python 2',
    pattern: /(?:^|[;:])[ \t\f]*(print)\b(?=[ \t]*[^\s(=.,)\]:])/dgm,
    holds: (at) => at.parent?.type === 'print_statement',
  },
  {
    message: 'exec is a statement here: this is Python 2',
    pattern: /(?:^|[;:])[ \t\f]*(exec)\b(?=[ \t]*[^\s(=.,)\]:])/dgm,
    holds: (at) => at.parent?.type === 'exec_statement',
  },
  {
    // `except A, B:` is Python 3.14 again, where both are classes; an exception's variable is in lower case
    message: '"except X, e" is Python 2',
    pattern: /\b(except)\b[^:#\n]*,[ \t]*[a-z_]\w*[ \t]*:/dg,
    holds: (at) =>
      at.parent?.type === 'except_clause' &&
      at.parent.parts.length === 3 &&
      at.parent.parts[0]?.type !== 'tuple',
  },
  {
    message: '"raise X, message" is Python 2',
    pattern: /\b(raise)[ \t]+[\w.]+[ \t]*,/dg,
    holds: (at) => at.parent?.type === 'raise_statement',
  },
  { message: '"<>" is Python 2', pattern: /(<>)/dg, holds: (at) => at.type === '<>' },
  { message: 'backquotes are Python 2', pattern: /(`)/dg, holds: (at) => at.type === 'string_start' },
];

/** Syntax that the grammar accepts and Python 3 doesn't: the first habit that is found. */
export function findPython2(script: Script): SyntaxProblem | undefined {
  for (const { message, pattern, holds } of HABITS) {
    for (const match of script.text.matchAll(pattern)) {
      const [from, to] = match.indices![1] as [number, number];
      if (holds(script.root.at(from))) return { code: 'old-syntax', message, range: { from, to } };
    }
  }
  return undefined;
}
