import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** Habits of Python 2 that the grammar accepts and Python 3 doesn't. Each is asked about the place of its first word. */

export function refusePrint(at: Syntax): string | undefined {
  return at.parent?.type === 'print_statement' ? 'print is a statement here: this is Python 2' : undefined;
}

export function refuseExec(at: Syntax): string | undefined {
  return at.parent?.type === 'exec_statement' ? 'exec is a statement here: this is Python 2' : undefined;
}

/** `except A, B:` is Python 3.14 again, where both are classes; an exception's variable is in lower case. */
export function refuseExcept(at: Syntax, script: Script): string | undefined {
  const clause = at.parent;
  if (clause?.type !== 'except_clause' || clause.parts.length !== 3) return undefined;
  const [, name] = clause.parts;
  return name?.type === 'identifier' && /^[a-z_]/.test(textOf(script, name))
    ? '"except X, e" is Python 2'
    : undefined;
}

export function refuseRaise(at: Syntax): string | undefined {
  const { parent } = at;
  return parent?.type === 'raise_statement' && parent.parts[0]?.type === 'expression_list'
    ? '"raise X, message" is Python 2'
    : undefined;
}

/** `<>`, backquotes */
export function refuseOld(at: Syntax): string | undefined {
  if (at.type === '<>') return '"<>" is Python 2';
  if (at.type === 'string_start') return 'backquotes are Python 2';
  return undefined;
}
