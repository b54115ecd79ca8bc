import { fieldsOf } from '../fields-of.ts';
import type { Shell, Substitution } from '../state/shell.ts';

/**
 * Runs the commands that are substituted anywhere in a node whose text isn't worked out: an expression, a pattern, what
 * stands behind the name in `${…}`.
 *
 *     [[ $(g) == x ]]     $(( $(g) + 1 ))     ${x:-$(g)}     a[$(g)]=1
 */
export function substituteWithin(
  node: { readonly pos: number; readonly end: number } | undefined,
  shell: Shell,
  quoted = false,
): void {
  if (!node || !/[$<>]\(|`/.test(shell.layer.text.slice(node.pos, node.end))) return;
  for (const found of substitutionsIn(node, quoted)) shell.walk.substitute(found.part, found.quoted, shell);
}

/** The substitutions that stand in a node, whatever it is, and whether in double quotes. */
export function* substitutionsIn(
  node: unknown,
  quoted = false,
): Iterable<{ readonly part: Substitution; readonly quoted: boolean }> {
  if (typeof node !== 'object' || node === null) return;
  const { type } = node as { readonly type?: unknown };
  if (
    type === 'CommandExpansion' ||
    type === 'ArithmeticCommandExpansion' ||
    type === 'ProcessSubstitution'
  ) {
    yield { part: node as Substitution, quoted };
    return;
  }
  const isQuoted = quoted || type === 'DoubleQuoted' || type === 'LocaleString';
  for (const field of fieldsOf(node)) yield* substitutionsIn(field, isQuoted);
}
