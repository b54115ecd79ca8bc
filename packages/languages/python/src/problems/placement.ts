import { isComprehension, scopeOf } from '../names/scope.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export function refuseAsync(at: Syntax, script: Script): string | undefined {
  const owner = at.parent;
  const isUse =
    at.type === 'await'
      ? owner?.type === 'await'
      : /^(?:for|with)_statement$|^for_in_clause$/.test(owner?.type ?? '');
  if (!isUse || (at.type !== 'await' && at.type !== 'async')) return undefined;
  const scope = functionAround(at);
  const isAsync =
    scope?.type === 'generator_expression' ||
    (scope?.type === 'function_definition' && script.text.startsWith('async', scope.from));
  return isAsync ? undefined : `${at.type} outside an async function`;
}

/** The function, lambda or class around a node, or the generator expression, which may be asynchronous anywhere. */
function functionAround(node: Syntax): Syntax | undefined {
  for (let scope = scopeOf(node); scope.parent; scope = scopeOf(scope))
    if (scope.type === 'generator_expression' || !isComprehension(scope)) return scope;
  return undefined;
}

/** `return` and `yield` */
export function refuseOutsideFunction(at: Syntax): string | undefined {
  const owner = at.parent;
  if (!owner || !/^(?:return_statement|yield)$/.test(owner.type) || owner.from !== at.from) return undefined;
  const scope = functionAround(at);
  return !scope || scope.type === 'class_definition' ? `${at.type} outside a function` : undefined;
}

export function refuseOutsideLoop(at: Syntax): string | undefined {
  const statement = at.parent;
  if (!/^(?:break|continue)_statement$/.test(statement?.type ?? '')) return undefined;
  for (let child = at, node = at.parent; node; child = node, node = node.parent) {
    if (/^(?:for|while)_statement$/.test(node.type) && child.type === 'block') return undefined;
    if (/^(?:function|class)_definition$/.test(node.type)) break;
  }
  return `${at.type} outside a loop`;
}

export function refuseNonlocal(at: Syntax): string | undefined {
  return at.parent?.type === 'nonlocal_statement' && !scopeOf(at).parent
    ? 'nonlocal needs a function around its own'
    : undefined;
}
