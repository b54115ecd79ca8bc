import type { Syntax } from '../syntax/syntax.ts';

const COMPREHENSIONS: ReadonlySet<string> = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const SCOPES: ReadonlySet<string> = new Set([
  'function_definition',
  'class_definition',
  'lambda',
  ...COMPREHENSIONS,
]);

/**
 * The function, class, lambda, comprehension or module whose names an expression sees first.
 * Decorators, defaults, annotations and base classes belong to the scope around their definition.
 */
export function scopeOf(node: Syntax): Syntax {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (!SCOPES.has(at.type)) continue;
    // the body comes last in a definition, everything else in front of it is evaluated outside
    if (isComprehension(at) || child.to === at.to) return at;
  }
  return child;
}

/** A list, set or dictionary comprehension, or a generator expression. */
export function isComprehension({ type }: Syntax): boolean {
  return COMPREHENSIONS.has(type);
}

/** The scope in which names are looked up that `scope` doesn't bind: classes are passed over. */
export function scopeAround(scope: Syntax): Syntax | undefined {
  if (!scope.parent) return undefined;
  const outer = scopeOf(scope);
  return outer.type === 'class_definition' ? scopeAround(outer) : outer;
}

/** The statement that holds a node: the one that stands in a block or in the module. */
export function statementOf(node: Syntax): Syntax {
  let at = node;
  while (at.parent?.parent && at.parent.type !== 'block') at = at.parent;
  return at;
}
