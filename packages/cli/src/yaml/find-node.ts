import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Keys of mappings and indices of sequences, as text. */
type Path = readonly string[];

/** A node with what is around it. */
export interface Spot {
  readonly node: Node;
  /** The entry that holds the node, where its parent is a mapping. */
  readonly pair?: Pair;
  /** The collection that holds the node; absent for the root. */
  readonly parent?: YAMLMap | YAMLSeq;
  /** Whether the node stands within a flow collection. */
  readonly inFlow: boolean;
}

/** A node on a path. */
export interface Place extends Spot {
  readonly path: Path;
}

/** How far a path leads through the nodes of a document. */
export interface Trail {
  /** From the root on; the last one is the deepest that was reached. */
  readonly places: readonly Place[];
  /** Absent where the whole path was walked. `alias`: an alias is in the way. `absent`: nothing is there. */
  readonly stopped?: 'alias' | 'absent';
}

/** Follows a path through the nodes as they are written: it stops at aliases, and sees no merged keys. */
export function followPath(document: Document.Parsed, path: Path): Trail {
  const root = document.contents as Node | null;
  if (!root) return { places: [], stopped: 'absent' };
  const places: Place[] = [{ node: root, inFlow: false, path: [] }];
  for (const [depth, part] of path.entries()) {
    const { node, inFlow } = places.at(-1) as Place;
    if (isAlias(node)) return { places, stopped: 'alias' };
    if (!isCollection(node)) return { places, stopped: 'absent' };
    const pair = isMap(node) ? findPair(node, part) : undefined;
    const child = isSeq(node)
      ? (node.items[Number(part)] as Node | undefined)
      : (pair?.value as Node | undefined);
    if (!child || isPair(child)) return { places, stopped: 'absent' };
    places.push({
      node: child,
      ...(pair ? { pair } : {}),
      parent: node as YAMLMap | YAMLSeq,
      inFlow: inFlow || node.flow === true,
      path: path.slice(0, depth + 1),
    });
  }
  const last = (places.at(-1) as Place).node;
  return isAlias(last) ? { places, stopped: 'alias' } : { places };
}

/** The entry of a mapping with that key, as text. */
export function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && keyText(pair.key) === key);
}

/** A key as the JSON-like value has it. */
function keyText(key: Scalar): string {
  return key.value === null || key.value === undefined ? '' : String(key.value);
}

/** The start and end of a node as written, without what trails it. The end of a block scalar is a line's start. */
export function extentOf(node: Node | Alias): { readonly from: number; readonly to: number } {
  const [from, to] = node.range ?? [0, 0];
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  if (last === undefined) return { from, to };
  const leaf = (isPair(last) ? (last.value ?? last.key) : last) as Node | null;
  return { from, to: leaf?.range ? extentOf(leaf).to : to };
}
