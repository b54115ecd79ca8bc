import { isComprehension } from '../names/scope.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** `:=` in a comprehension: what that goes through takes none, its own names are never bound anew, nor any in a class. */
export function refuseWalrus({ parent: walrus }: Syntax, script: Script): string | undefined {
  const name = walrus?.type === 'named_expression' ? walrus.field('name') : undefined;
  if (!walrus || !name) return undefined;
  let isInside = false;
  for (let child = walrus, at = walrus.parent; at; child = at, at = at.parent) {
    if (at.type === 'lambda' || at.type === 'function_definition') return undefined;
    if (at.type === 'class_definition') return isInside ? ':= in a comprehension of a class' : undefined;
    if (at.type === 'for_in_clause' && at.field('right') === child)
      return ':= in what a comprehension goes through';
    if (!isComprehension(at)) continue;
    isInside = true;
    const targets = at.parts.flatMap((part) => (part.type === 'for_in_clause' ? [part.field('left')] : []));
    const own = textOf(script, name);
    if (targets.some((target) => target && holdsName(script, target, own)))
      return `${own} is the comprehension's own`;
  }
  return undefined;
}

function holdsName(script: Script, target: Syntax, name: string): boolean {
  if (target.type === 'identifier') return textOf(script, target) === name;
  return (
    !/^(?:attribute|subscript)$/.test(target.type) &&
    target.parts.some((part) => holdsName(script, part, name))
  );
}
