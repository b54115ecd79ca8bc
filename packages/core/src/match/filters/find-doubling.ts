import type { Component, Components, RunGraph } from './run-graph.ts';
import { type Budget, reachTogether } from './search-product.ts';

/**
 * A component in which two different runs over the same text leave from one node and meet in one: each round doubles
 * the runs, so their number grows exponentially with the line, as in `(a+)+`, `(a|a)*`, `(a|ab|b)*`, `(\w+\s*)*`.
 *
 * Source: Weber and Seidl, "On the degree of ambiguity of finite automata", criterion EDA,
 * https://doi.org/10.1016/0304-3975(91)90381-B
 */
export function findDoubling(graph: RunGraph, components: Components, budget: Budget): Component | undefined {
  return components.all.find(({ nodes, repeats }, index) => {
    const isInside = (node: number): boolean => components.of[node] === index;
    if (!repeats) return false;
    if (nodes.some((node) => hasTwinSteps(graph, node, isInside))) return true;
    const together = nodes.map((node) => [node, node]);
    const apart = [...reachTogether(graph, together, (_, node) => isInside(node), budget)].filter(isApart);
    const after = reachTogether(
      graph,
      apart.map(([, pair]) => pair),
      (_, node) => isInside(node),
      budget,
    );
    return [...after].some((reached) => !isApart(reached));
  });
}

function hasTwinSteps(graph: RunGraph, node: number, isInside: (node: number) => boolean): boolean {
  const inside = graph.next[node]!.filter((next) => graph.masks[next] !== 0n && isInside(next));
  return new Set(inside).size < inside.length;
}

function isApart([, [a, b]]: readonly [string, readonly number[]]): boolean {
  return a !== b;
}
