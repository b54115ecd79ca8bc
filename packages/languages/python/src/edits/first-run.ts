import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * The first position of the module from which the client's name may be needed. Where the first use stands in the body
 * of a function, that is the first statement behind it that may run something:
 *
 *     def train(lr):
 *         print(f"loss={lr}")     the first use
 *                                 the prelude may still go here
 *     train(0.1)
 *     ^ the first position that may need it
 */
export function findFirstRun(script: Script, statements: readonly Syntax[], firstUse: number): number {
  const holder = statements.findIndex((statement) => statement.from <= firstUse && firstUse < statement.to);
  if (holder < 0) return firstUse;
  for (const statement of statements.slice(holder)) {
    if (!onlyDefines(script, statement)) return Math.max(statement.from, firstUse);
    const body = statement.field('body');
    if (!body || (statement === statements[holder] && firstUse < body.from)) return firstUse;
  }
  return script.text.length;
}

/** A function without decorators whose header holds nothing that is evaluated: no defaults, no annotations. */
function onlyDefines(script: Script, statement: Syntax): boolean {
  const body = statement.type === 'function_definition' ? statement.field('body') : undefined;
  if (!body) return false;
  const header = script.text.slice(statement.from, body.from).replace(/:[^:]*$/s, '');
  return !/[=:]|->/.test(header);
}
