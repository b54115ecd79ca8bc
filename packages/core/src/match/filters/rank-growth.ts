import type { Components, RunGraph } from './run-graph.ts';
import { type Budget, reachTogether } from './search-product.ts';

/** How the number of runs grows with the length of the line, where it does not grow exponentially. */
export interface Growth {
  /** The exponent: 2 for a filter that is tried at every character and reads on to the end of the line each time. */
  readonly degree: number;
  /** Indices of the repeating components that make it so, in the order in which they are read. */
  readonly chain: readonly number[];
}

/**
 * The degree: the longest chain of components such that each time a run can leave one for the next at every place
 * of a text that both can read over and over, as in `\d*\d*\d*=`.
 *
 * Source: Weber and Seidl, "On the degree of ambiguity of finite automata", criterion IDA,
 * https://doi.org/10.1016/0304-3975(91)90381-B
 */
export function rankGrowth(graph: RunGraph, components: Components, budget: Budget): Growth {
  const reachable: ReadonlySet<number>[] = [];
  const growths: Growth[] = [];
  components.all.forEach(({ nodes, repeats }, index) => {
    // All that it reaches stands before it
    const direct = new Set(nodes.flatMap((node) => graph.next[node]!.map((next) => components.of[next]!)));
    direct.delete(index);
    const reached = new Set([...direct].flatMap((next) => [next, ...reachable[next]!]));
    reachable.push(reached);
    let growth: Growth = { degree: 0, chain: [] };
    for (const next of reached) {
      const after = growths[next]!;
      const shares =
        repeats && components.all[next]!.repeats && after.degree >= growth.degree && canShift(index, next);
      if (shares) growth = { degree: after.degree + 1, chain: [index, next, ...after.chain] };
      else if (after.degree > growth.degree) growth = after;
    }
    growths.push(growth);
  });
  return growths.reduce((most, growth) => (growth.degree > most.degree ? growth : most), {
    degree: 0,
    chain: [],
  });

  /** Whether some text leads from `p` to `p`, from `p` to `q` and from `q` to `q`, for a `p` and a `q` of the two. */
  function canShift(from: number, to: number): boolean {
    const allowed = (run: number, node: number): boolean =>
      run === 1 ? isBetween(node) : components.of[node] === (run === 0 ? from : to);
    return components.all[from]!.nodes.some((p) =>
      components.all[to]!.nodes.some((q) =>
        reachTogether(graph, [[p, p, q]], allowed, budget).has([p, q, q].join()),
      ),
    );

    function isBetween(node: number): boolean {
      const component = components.of[node]!;
      return (
        component === from ||
        component === to ||
        (reachable[from]!.has(component) && reachable[component]!.has(to))
      );
    }
  }
}
