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
  if (node && /[$<>]\(|`/.test(shell.layer.text.slice(node.pos, node.end))) visit(node, quoted, shell);
}

function visit(node: unknown, quoted: boolean, shell: Shell): void {
  if (Array.isArray(node)) {
    for (const each of node) visit(each, quoted, shell);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const visited = node as { readonly type: string };
  if (isSubstitution(visited)) {
    shell.walk.substitute(visited, quoted, shell);
    return;
  }
  const quotes = visited.type === 'DoubleQuoted' || visited.type === 'LocaleString';
  // A word's parts are found as they are asked for.
  const { parts, ...rest } = node as { readonly parts?: unknown };
  for (const value of [parts, ...Object.values(rest)]) visit(value, quoted || quotes, shell);
}

function isSubstitution(node: { readonly type: string }): node is Substitution {
  return (
    node.type === 'CommandExpansion' ||
    node.type === 'ArithmeticCommandExpansion' ||
    node.type === 'ProcessSubstitution'
  );
}
