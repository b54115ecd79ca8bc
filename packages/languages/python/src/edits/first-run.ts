import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isInert } from './inert.ts';

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
export function findFirstRun(
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
