import { once, type Range } from '@katib-push/core';
import type { Node, Tree } from 'web-tree-sitter';

/** A text and its tree, with what several parts ask about it. */
export interface Script {
  readonly text: string;
  readonly root: Node;
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
  /** Where each name is bound: the left sides of assignments, parameters, loop variables. */
  readonly bindings: () => ReadonlyMap<string, readonly Node[]>;
}

export function createScript(text: string, tree: Tree, opaque: readonly Range[]): Script {
  const root = tree.rootNode;
  return { text, root, opaque, bindings: once(() => collectBindings(text, root)) };
}

export function rangeOf(node: Node): Range {
  return { from: node.startIndex, to: node.endIndex };
}

const BINDING =
  /(?<![\w.])([\p{L}.][\w.]*)\s*(?:(?:\[.*?\]+|\$[\w.]+)\s*)?(?:<<?-|=(?!=))|->>?\s*([\p{L}.][\w.]*)/gu;

function collectBindings(text: string, root: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  const add = (name: string, at: number): void => {
    const node = root.descendantForIndex(at, at + name.length);
    if (node?.type !== 'identifier') return;
    const argument =
      node.parent?.type === 'argument' && node.parent.childForFieldName('name')?.id === node.id;
    if (!argument) found.set(name, [...(found.get(name) ?? []), node]);
  };
  for (const match of text.matchAll(BINDING)) {
    const [whole, left, right] = match;
    if (left !== undefined) add(left, match.index);
    if (right !== undefined) add(right, match.index + whole.length - right.length);
  }
  for (const match of text.matchAll(/\bfor\s*\(\s*([\p{L}.][\w.]*)\s+in\b/gu))
    add(match[1] as string, match.index + match[0].indexOf(match[1] as string, 4));
  for (const match of text.matchAll(/(?:\bfunction|\\)\s*\(([^()]*)/g))
    for (const parameter of (match[1] as string).matchAll(/(?<![\w.])[\p{L}.][\w.]*/gu))
      add(parameter[0], match.index + match[0].length - (match[1] as string).length + parameter.index);
  return found;
}
