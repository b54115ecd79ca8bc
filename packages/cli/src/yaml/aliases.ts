import { type Alias, type Document, isAlias, isNode, type Node, visit } from 'yaml';
import type { Place } from './find-node.ts';

/**
 * The first alias elsewhere that repeats one of the nodes on the way to `target` (or, where the target is replaced
 * or removed, a node within it): a change at the target would change what the alias stands for, too.
 */
export function findDependentAlias(
  document: Document.Parsed,
  way: readonly Place[],
  replacesTarget: boolean,
): Alias | undefined {
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
  let found: Alias | undefined;
  visit(document, {
    Alias(_, alias) {
      if (within.has(alias)) return undefined;
      const source = alias.resolve(document);
      if (!isNode(source) || isAlias(source) || !changing.has(source)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** The path to a node, by identity; undefined where the node is a key or not in the document. */
export function pathTo(document: Document.Parsed, wanted: Node): readonly (string | number)[] | undefined {
  let found: readonly (string | number)[] | undefined;
  visit(document, {
    Node(key, node, ancestors) {
      if (node !== wanted) return undefined;
      if (key !== 'key') found = describe(key, ancestors);
      return visit.BREAK;
    },
  });
  return found;
}

function describe(key: unknown, ancestors: readonly unknown[]): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (const [i, ancestor] of ancestors.entries()) {
    const child = ancestors[i + 1];
    const record = ancestor as { items?: readonly unknown[]; key?: { value?: unknown } };
    if (record.key !== undefined) path.push(String(record.key?.value ?? ''));
    else if (record.items && child !== undefined) {
      const index = record.items.indexOf(child);
      if (!(child as { key?: unknown }).key) path.push(index);
    }
  }
  if (typeof key === 'number') path.push(key);
  return path;
}
