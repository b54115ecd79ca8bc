import { type Document, isAlias, isCollection, isNode, isPair, type Node, visit, type YAMLMap } from 'yaml';
import type { Place, Spot } from './find-node.ts';

/**
 * The first alias elsewhere that repeats one of the nodes on the way to `target` (or, where the target is replaced
 * or removed, a node within it): a change at the target would change what the alias stands for, too. An alias that is
 * a key counts for none.
 */
export function findDependentAlias(
  document: Document.Parsed,
  way: readonly Place[],
  replacesTarget: boolean,
): Spot | undefined {
  const changing = new Set<Node>();
  for (const { node } of way) if ('anchor' in node && node.anchor) changing.add(node);
  const target = way.at(-1)?.node;
  const within = new Set<unknown>();
  if (replacesTarget && target) {
    visit(target, {
      Node(_, node) {
        within.add(node);
        if ('anchor' in node && node.anchor) changing.add(node as Node);
      },
    });
  }
  if (changing.size === 0) return undefined;
  let found: Spot | undefined;
  visit(document, {
    Alias(key, alias, ancestors) {
      if (within.has(alias)) return undefined;
      const source = alias.resolve(document);
      if (!isNode(source) || isAlias(source) || !changing.has(source)) return undefined;
      const pair = ancestors.at(-1);
      const parents = ancestors.filter(isCollection);
      if (key !== 'key')
        found = {
          node: alias as Node,
          ...(isPair(pair) ? { pair } : {}),
          parent: parents.at(-1) as YAMLMap,
          inFlow: parents.some(({ flow }) => flow === true),
        };
      return visit.BREAK;
    },
  });
  return found;
}
