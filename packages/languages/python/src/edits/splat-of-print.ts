import type { Edit, PositionMap, Range } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/**
 * Whether a changed range is only a `*` argument of a `print` that an edit wraps. Behind the bare name, the grammar
 * allows for the statement of Python 2, and binds the star to the first operand:
 *
 *     print(a, *f(x))                  (*f)(x)
 *     _katib_push(print)(a, *f(x))     *(f(x)), as Python does
 *
 * @param changed in the new tree
 * @param positions of the edits
 */
export function isSplatOfPrint(
  before: Script,
  after: Syntax,
  changed: Range,
  edits: readonly Edit[],
  positions: PositionMap,
): boolean {
  const splat = after.at(changed.from).parent;
  if (splat?.type !== 'list_splat' || splat.from !== changed.from || splat.to < changed.to) return false;
  if (splat.parent?.type !== 'argument_list') return false;
  const from = positions.origin(changed.from);
  if (from === undefined) return false;
  let list: Syntax | undefined = before.root.at(from);
  while (list && list.type !== 'argument_list') list = list.parent;
  const callee = list?.parent?.field('function');
  return (
    callee?.type === 'identifier' &&
    before.text.slice(callee.from, callee.to) === 'print' &&
    edits.some((edit) => edit.from === callee.to)
  );
}
