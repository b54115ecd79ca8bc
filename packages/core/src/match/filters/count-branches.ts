import type { Components, RunGraph } from './run-graph.ts';

/**
 * How many runs at most go on side by side over one text, beside those that repetitions make: the product of what
 * optional parts and choices leave open, as in `a?a?a?a?a?=`. It depends on the filter and not on the line.
 */
export function countBranches(graph: RunGraph, components: Components, starts: readonly number[]): number {
  const counts: number[] = [];
  components.all.forEach(({ nodes }, index) => {
    // All that it reaches stands before it
    const mostOf = nodes.map((node) => countFrom(graph.next[node]!, index));
    counts.push(Math.max(1, ...mostOf));
  });
  return countFrom(starts, -1);

  function countFrom(next: readonly number[], index: number): number {
    const kinds = next.map((node) => graph.masks[node]!);
    const perKind = new Map<bigint, number>();
    for (const kind of kinds) {
      // Nodes that share a character with this one; more than can be read by one character, never less
      perKind.set(
        kind,
        next.reduce((sum, node, i) => sum + ((kinds[i]! & kind) === 0n ? 0 : countOf(node)), 0),
      );
    }
    return Math.max(0, ...perKind.values());

    function countOf(node: number): number {
      const component = components.of[node]!;
      return component === index ? 1 : counts[component]!;
    }
  }
}
