import type { OutputStatement, Prelude, PreludeOptions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { headerEnd, isCompound, topLevel } from './header.ts';
import { isInert } from './inert.ts';
import { preludeText } from './prelude-text.ts';
import { findSpareLine, newlineOf, type SpareLine } from './spare-line.ts';

/**
 * Where the client's name is bound, in this order:
 *
 *     """Docstring."""; _katib_push=…             behind the docstring or the last `from __future__`
 *     _katib_push=…                               on a blank line between statements of the module
 *     _katib_push=…  # a comment                  in front of a comment there
 *     _katib_push=…; import os                    in front of the first simple statement
 *     _katib_push=…  # flake8: noqa               in front of a comment that tools read
 *     _katib_push=…⏎                              on a line of its own: later lines move by one
 *
 * Each only if it runs before the first use does.
 *
 * @param uses the output statements: where the name may stand
 */
export function placePrelude(
  script: Script,
  options: PreludeOptions,
  uses: readonly OutputStatement[],
): Prelude {
  const text = preludeText(options);
  const statements = topLevel(script);
  const first = statements[0];
  if (!first) return { impossible: 'the text holds no statement' };
  const header = headerEnd(script, statements);
  if (header !== undefined) return insertion(header, `; ${text}`, 'behind the docstring or future imports');
  const usedAt = uses.map(({ from }) => from);
  // a byte order mark stands in front of all that runs
  const firstRun = Math.max(first.from, findFirstRun(script, statements, options.firstUse, usedAt));
  const spare = findSpareLine(script, statements, firstRun);
  const onSpare = ({ at, kind }: SpareLine) =>
    insertion(at, kind === 'blank' ? text : `${text}  `, 'on a line that held no code');
  if (spare && spare.kind !== 'directive') return onSpare(spare);
  const simple = statements.find((statement) => !isCompound(statement));
  if (simple && simple.from <= firstRun)
    return insertion(simple.from, `${text}; `, 'in front of the first simple statement');
  if (spare) return onSpare(spare);
  return {
    ...insertion(first.from, text + newlineOf(script.text), 'on a line of its own: later lines move by one'),
    addsLine: true,
  };
}

/**
 * The first position of the module from which the client's name may be needed. Where the first use stands in the body
 * of a function, that is the first statement behind it that may run something:
 *
 *     def train(lr):
 *         print(f"loss={lr}")     the first use
 *                                 the prelude may still go here
 *     train(0.1)
 *     ^ the first position that may need it
 *
 * @param usedAt where the name may stand, wherever that is in the text
 */
function findFirstRun(
  script: Script,
  statements: readonly Syntax[],
  firstUse: number,
  usedAt: readonly number[],
): number {
  const holder = statements.findIndex((statement) => statement.from <= firstUse && firstUse < statement.to);
  if (holder < 0) return firstUse;
  const running = statements
    .slice(holder)
    .find((statement) => !isInert(script, statement, [firstUse, ...usedAt]));
  return running ? Math.max(running.from, firstUse) : script.text.length;
}

function insertion(at: number, insert: string, where: string): Extract<Prelude, { addsLine: boolean }> {
  const edit = { from: at, to: at, insert, reason: `binds the client ${where}` } as const;
  return { edit, addsLine: false };
}
