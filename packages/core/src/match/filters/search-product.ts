import { FilterProblem } from './filter-problem.ts';
import type { RunGraph } from './run-graph.ts';

/** Nodes that several runs over the same text are at, one node for each run. */
export type Places = readonly number[];

/** What an analysis may still spend; counts down. */
export interface Budget {
  left: number;
}

/**
 * All places that runs can get to together while they read the same text, from any of `starts`; a run on its own
 * moves only where `allowed` lets it. The starts themselves count only if something leads back to them.
 *
 * @throws FilterProblem when the budget is spent.
 */
export function reachTogether(
  graph: RunGraph,
  starts: readonly Places[],
  allowed: (run: number, node: number) => boolean,
  budget: Budget,
): ReadonlyMap<string, Places> {
  const reached = new Map<string, Places>();
  const waiting: Places[] = [...starts];
  for (let places = waiting.pop(); places !== undefined; places = waiting.pop()) {
    for (const next of stepTogether(graph, places, allowed, budget)) {
      const key = next.join();
      if (reached.has(key)) continue;
      reached.set(key, next);
      waiting.push(next);
    }
  }
  return reached;
}

function stepTogether(
  graph: RunGraph,
  places: Places,
  allowed: (run: number, node: number) => boolean,
  budget: Budget,
): Places[] {
  let ways: { readonly nodes: Places; readonly mask: bigint | undefined }[] = [
    { nodes: [], mask: undefined },
  ];
  places.forEach((place, run) => {
    ways = ways.flatMap(({ nodes, mask }) =>
      graph.next[place]!.flatMap((node) => {
        budget.left--;
        const shared = mask === undefined ? graph.masks[node]! : mask & graph.masks[node]!;
        return shared === 0n || !allowed(run, node) ? [] : [{ nodes: [...nodes, node], mask: shared }];
      }),
    );
  });
  if (budget.left < 0)
    throw new FilterProblem('the filter is too large to be checked; write less of it as a choice');
  return ways.map(({ nodes }) => nodes);
}
