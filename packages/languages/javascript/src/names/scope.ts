import { fact, lastingFact } from '@katib-push/core';
import type { BabelNode } from '../syntax/babel-node.ts';
import { isFunction } from '../syntax/node-kinds.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Binding } from './binding.ts';
import { bindingsIn } from './declarations.ts';

/** The function or program around a node: where `var` belongs. */
export function functionAround(node: Syntax): Syntax {
  let at = node;
  while (at.parent && !(isFunction(at) && at !== node)) at = at.parent;
  return at;
}

const hasVars = lastingFact(({ text }: Script) => /\bvar\b/.test(text));
/** By scope. */
const declaredOf = fact((_: Script) => new Map<BabelNode, ReadonlyMap<string, readonly Binding[]>>());

/** What a scope declares, by name. */
export function declaredIn(script: Script, scope: Syntax): ReadonlyMap<string, readonly Binding[]> {
  const declared = declaredOf(script);
  const known = declared.get(scope.node);
  if (known) return known;
  const found = new Map<string, Binding[]>();
  for (const binding of bindingsIn(scope.node, hasVars(script))) {
    const name = binding.name.name as string;
    const others = found.get(name);
    if (others) others.push(binding);
    else found.set(name, [binding]);
  }
  declared.set(scope.node, found);
  return found;
}
