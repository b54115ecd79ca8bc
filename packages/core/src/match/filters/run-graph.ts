/**
 * Which character can be read after which. A *run* is a walk through the graph; each node on it reads one character.
 * A backtracking matcher that fails has tried every run on the line's beginnings.
 */
export interface RunGraph {
  /** For each node, the kinds of character it reads, one bit each. */
  readonly masks: readonly bigint[];
  /** For each node, the nodes that can come next; one that stands twice can be reached in two ways. */
  readonly next: readonly (readonly number[])[];
}

/** Nodes that can reach one another, and so be read again and again. */
export interface Component {
  readonly nodes: readonly number[];
  /** False for a node that can't come back to itself. */
  readonly repeats: boolean;
}

/** A graph cut into its strongly connected components. */
export interface Components {
  /** No component reaches one that stands behind it. */
  readonly all: readonly Component[];
  /** For each node, the index of its component. */
  readonly of: readonly number[];
}

/** Tarjan's algorithm. Source: https://doi.org/10.1137/0201010 */
export function findComponents(graph: RunGraph): Components {
  const all: Component[] = [];
  const of: number[] = [];
  const order: number[] = [];
  const low: number[] = [];
  const open: number[] = [];
  let visited = 0;
  for (const node of graph.masks.keys()) if (order[node] === undefined) visit(node);
  return { all, of };

  function visit(node: number): void {
    order[node] = low[node] = visited++;
    open.push(node);
    for (const next of graph.next[node]!) {
      if (order[next] === undefined) visit(next);
      if (of[next] === undefined) low[node] = Math.min(low[node]!, low[next]!);
    }
    if (low[node] !== order[node]) return;
    const nodes = open.splice(open.lastIndexOf(node));
    for (const member of nodes) of[member] = all.length;
    all.push({ nodes, repeats: nodes.length > 1 || graph.next[node]!.includes(node) });
  }
}
