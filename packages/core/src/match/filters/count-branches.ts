import type { FailingRuns } from './failing-runs.ts';
import type { Components } from './run-graph.ts';

/**
 * How many runs at most go on side by side over one text, beside those that repetitions make: the product of what
 * optional parts and choices leave open, as in `a?a?a?a?a?=`. It depends on the filter and not on the line.
 */
export function countBranches(runs: FailingRuns, components: Components): number {
  const behind = runs.positions + 1;
  const counts: number[] = [];
  components.all.forEach(({ nodes }, index) => {
    // All that it reaches stands before it
    const mostOf = nodes.map((node) => countFrom(runs.next[node]!, index));
    counts.push(Math.max(1, ...mostOf));
  });
  return countFrom(runs.starts, -1);

  /** Nodes of the component itself count as one: that its rounds make no more runs has been checked before. */
  function countFrom(next: readonly number[], index: number): number {
    const outside = next.filter((node) => components.of[node] !== index && node !== behind);
    const kinds = new Set(outside.map((node) => runs.masks[node]!));
    const sums = Array.from(kinds, (kind) =>
      // All that share a character with this kind: as many as one character can be read by, or more
      outside.reduce(
        (sum, node) => ((runs.masks[node]! & kind) === 0n ? sum : sum + counts[components.of[node]!]!),
        0,
      ),
    );
    return Math.max(0, ...sums) + (next.some((node) => components.of[node] === index) ? 1 : 0);
  }
}
