import { type BabelNode, isNode, nodesIn } from '../syntax/babel-node.ts';

/** One place that declares a name. Bare nodes: most declarations are only looked at for their names. */
export interface Binding {
  readonly name: BabelNode;
  /** `other`: what may get another value, or has one that no expression tells: `let`, parameters, functions, classes. */
  readonly kind: 'const' | 'import' | 'other';
  /** What the name, or the pattern that it stands in, is given; absent for none. */
  readonly value?: BabelNode;
  /**
   * The properties that lead from the value to the name: of `const { stdout: { write } } = process` they are `stdout`,
   * `write`. Absent where they can't be told: rests, items, computed names.
   */
  readonly keys?: readonly string[];
  /** Of an import: the module's name without `node:`; `keys` is empty for the module as a whole. */
  readonly module?: string;
}

/** The names that a pattern binds, each with the properties that lead to it. */
export function* namesOfPattern(
  pattern: BabelNode,
  // no default: `undefined` says that they can't be told
  keys: readonly string[] | undefined,
): Iterable<{ readonly name: BabelNode; readonly keys: readonly string[] | undefined }> {
  switch (pattern.type) {
    case 'Identifier':
      yield { name: pattern, keys };
      break;
    case 'ObjectPattern':
      for (const property of nodesIn(pattern, 'properties')) {
        if (property.type === 'RestElement') yield* namesOfPattern(property, undefined);
        else if (isNode(property.value)) yield* namesOfPattern(property.value, follow(keys, keyOf(property)));
      }
      break;
    case 'ArrayPattern':
      for (const item of nodesIn(pattern, 'elements')) yield* namesOfPattern(item, undefined);
      break;
    case 'AssignmentPattern':
      // of a property that is there, the default isn't used
      if (isNode(pattern.left)) yield* namesOfPattern(pattern.left, keys?.length ? keys : undefined);
      break;
    case 'RestElement':
    case 'TSParameterProperty': {
      const inner = pattern.argument ?? pattern.parameter;
      if (isNode(inner)) yield* namesOfPattern(inner, undefined);
      break;
    }
  }
}

function follow(keys: readonly string[] | undefined, key: string | undefined) {
  return keys && key !== undefined ? [...keys, key] : undefined;
}

/** The name of a property; `undefined` for one that is computed at run time. A shorthand's key is its value. */
export function keyOf(property: BabelNode): string | undefined {
  const { key } = property as { readonly key?: { readonly name?: unknown; readonly value?: unknown } };
  const name = property.computed === true ? key?.value : (key?.name ?? key?.value);
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}
