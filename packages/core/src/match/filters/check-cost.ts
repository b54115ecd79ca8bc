import type { FilterAutomaton, Position } from './build-automaton.ts';
import { countBranches } from './count-branches.ts';
import { listFailingRuns } from './failing-runs.ts';
import { FilterProblem, quotePart } from './filter-problem.ts';
import { findDoubling } from './find-doubling.ts';
import { rankGrowth } from './rank-growth.ts';
import { findComponents } from './run-graph.ts';

/** Steps grow with the square of the line's length: clients cap the length of the lines that they match. */
const HIGHEST_DEGREE = 2;
const MOST_BRANCHES = 256;
const BUDGET = 1_000_000;

/**
 * Refuses a filter that is linear in RE2 and would hold up a backtracking matcher, as Python's and JavaScript's are.
 *
 * A matcher that fails has tried every run of the filter's positions over the text. So the method is to measure how
 * the number of runs grows: exponentially if a repetition can read one text in two ways; else with a degree,
 * which counts the tries at each character of the line and what adjacent repetitions can share. Assertions are ignored, so
 * the answer may be too severe and never too mild.
 *
 * @throws FilterProblem with the part and the way out.
 */
export function checkCost(source: string, automaton: FilterAutomaton): void {
  const { positions, loops } = automaton;
  const budget = { left: BUDGET };
  const graph = {
    masks: positions.map(({ mask }) => mask),
    next: positions.map(({ steps }) => steps.flatMap(({ to }) => (to === undefined ? [] : [to]))),
  };
  const doubling = findDoubling(graph, findComponents(graph), budget);
  if (doubling !== undefined) {
    throw new FilterProblem(
      `${quoteLoop(doubling.nodes)} can read the same text in exponentially many ways; let each round of the repetition begin with a character that nothing else in it reads`,
    );
  }
  const runs = listFailingRuns(automaton);
  const components = findComponents(runs);
  if (countBranches(runs, components) > MOST_BRANCHES) {
    throw new FilterProblem(
      'too many parts of the filter are optional one after the other; write a repetition instead',
    );
  }
  const growth = rankGrowth(runs, components, budget);
  if (growth.degree > HIGHEST_DEGREE) {
    const chain = new Set(growth.chain.map((index) => components.all[index]!.nodes));
    const parts = [...chain].filter((nodes) => nodes[0]! < runs.positions).map(quoteLoop);
    throw new FilterProblem(
      `${parts.join(' and ')} can share a text in too many ways (degree ${growth.degree}); put a character between them that neither reads, leave one out, or begin the filter with ^`,
    );
  }

  /** The outermost repetition around all of the positions: they are all that it repeats. */
  function quoteLoop(nodes: readonly number[]): string {
    const inside = nodes.map((node): Position => positions[node]!);
    const around = loops.filter((loop) => inside.every(({ from, to }) => loop.from <= from && to <= loop.to));
    const whole = {
      from: Math.min(...around.map(({ from }) => from)),
      to: Math.max(...around.map(({ to }) => to)),
    };
    return quotePart(source, whole);
  }
}
