import type { Syntax } from '../syntax/syntax.ts';

/** One place that declares a name. */
export interface Binding {
  readonly name: Syntax;
  /** `other`: parameters, functions, classes, `catch`, enums: what they hold isn't told by one expression. */
  readonly kind: 'const' | 'let' | 'var' | 'import' | 'other';
  /** What the name, or the pattern that it stands in, is given; absent for none. */
  readonly value?: Syntax;
  /**
   * The properties that lead from the value to the name: of `const { stdout: { write } } = process` they are `stdout`,
   * `write`. Absent where they can't be told: rests, items, computed names, defaults.
   */
  readonly keys?: readonly string[];
  /** Of a `for` loop's variable. */
  readonly loop?: 'of' | 'in';
  /** Of an import: the module's name without `node:`; `keys` is empty for the module as a whole. */
  readonly module?: string;
}

/** The names that a pattern binds, each with the properties that lead to it. */
export function* namesOfPattern(
  pattern: Syntax,
  keys: readonly string[] | undefined = [],
): Iterable<{ readonly name: Syntax; readonly keys: readonly string[] | undefined }> {
  switch (pattern.type) {
    case 'Identifier':
      yield { name: pattern, keys };
      break;
    case 'ObjectPattern':
      for (const property of pattern.list('properties')) {
        if (property.type === 'RestElement') yield* namesOfPattern(property, undefined);
        const value = property.field('value') ?? property.children.at(-1);
        if (property.type !== 'RestElement' && value)
          yield* namesOfPattern(value, follow(keys, keyOf(property)));
      }
      break;
    case 'ArrayPattern':
      for (const item of pattern.list('elements')) yield* namesOfPattern(item, undefined);
      break;
    case 'AssignmentPattern':
    case 'RestElement':
    case 'TSParameterProperty': {
      const inner = pattern.field('left') ?? pattern.field('argument') ?? pattern.field('parameter');
      if (inner) yield* namesOfPattern(inner, undefined);
      break;
    }
  }
}

function follow(keys: readonly string[] | undefined, key: string | undefined) {
  return keys && key !== undefined ? [...keys, key] : undefined;
}

/** The name of a property; `undefined` for a computed one. A shorthand's key is its value. */
export function keyOf(property: Syntax): string | undefined {
  if (property.is('computed')) return undefined;
  const { key } = property.node as { readonly key?: { readonly name?: unknown; readonly value?: unknown } };
  const name = key?.name ?? key?.value;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
}
