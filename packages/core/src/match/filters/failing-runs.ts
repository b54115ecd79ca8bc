import type { FilterAutomaton } from './build-automaton.ts';
import type { RunGraph } from './run-graph.ts';

/** The runs that a matcher may have to take back, and what goes on before and after them. */
export interface FailingRuns extends RunGraph {
  /** Where runs begin. */
  readonly starts: readonly number[];
  /** Nodes from here on are no position of the filter: the text before a run, and the text behind it. */
  readonly positions: number;
}

/**
 * All runs over a whole line that can fail, as a graph: one run through it stands for one character that is read in vain.
 *
 * A position is *certain* if the match is complete there, whatever follows, or if all that follows can be read up to
 * the end (`.*$`): a run that gets there never fails. It is left out, which is why `=\s*(\S+).*$` costs nothing.
 *
 * In front stands a node that reads any text, since the search begins again at every character, unless all runs begin
 * with `^`; what hangs on certain positions begins there too, because a line is matched only once. Behind stands
 * a node that reads any text, since a run may fail after each of its characters.
 */
export function listFailingRuns(automaton: FilterAutomaton): FailingRuns {
  const { positions, start, everyCharacter } = automaton;
  const certain = findCertain(automaton);
  const fails = (to: number | undefined): to is number => to !== undefined && !certain.has(to);
  const before = positions.length;
  const behind = before + 1;
  const anywhere = [
    ...start.filter((step) => !step.atStart).map(({ to }) => to),
    ...positions.flatMap(({ steps }, position) => (certain.has(position) ? steps.map(({ to }) => to) : [])),
  ].filter(fails);
  const inside = positions.map(({ steps }, position) =>
    certain.has(position) ? [] : [...steps.map(({ to }) => to).filter(fails), behind],
  );
  return {
    masks: [...positions.map(({ mask }) => mask), everyCharacter, everyCharacter],
    next: [...inside, anywhere.length === 0 ? [] : [before, ...anywhere], [behind]],
    starts: [before, ...start.filter((step) => step.atStart).map(({ to }) => to)].filter(fails),
    positions: positions.length,
  };
}

/** The largest set of positions from which a match is bound to be found. */
function findCertain({ positions, everyCharacter }: FilterAutomaton): ReadonlySet<number> {
  const certain = new Set(positions.keys());
  for (let before = -1; before !== certain.size; ) {
    before = certain.size;
    for (const position of certain) {
      const steps = positions[position]!.steps.filter((step) => !step.atWord);
      const isDone = steps.some((step) => step.to === undefined && !step.atEnd);
      const isDoneAtEnd = steps.some((step) => step.to === undefined);
      const goesOn = steps.some(
        ({ to }) => to !== undefined && certain.has(to) && positions[to]!.mask === everyCharacter,
      );
      if (!isDone && !(isDoneAtEnd && goesOn)) certain.delete(position);
    }
  }
  return certain;
}
