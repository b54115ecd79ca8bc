import type { Edit, Range } from '@katib-push/core';
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
 */
export function isSplatOfPrint(
  before: Script,
  after: Syntax,
  changed: Range,
  edits: readonly Edit[],
): boolean {
  const splat = after.at(changed.from).parent;
  if (splat?.type !== 'list_splat' || splat.from !== changed.from || splat.to < changed.to) return false;
  if (splat.parent?.type !== 'argument_list') return false;
  const from = positionBefore(edits, changed.from);
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

/** Where a position of the new text was in the old one; `undefined` within what an edit inserts. */
function positionBefore(edits: readonly Edit[], at: number): number | undefined {
  let shift = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (edit.from + shift > at) break;
    if (at < edit.from + shift + edit.insert.length) return undefined;
    shift += edit.insert.length - (edit.to - edit.from);
  }
  return at - shift;
}
