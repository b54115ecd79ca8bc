import { type CodePointSet, everything } from './code-point-set.ts';
import type { FilterNode, FilterPart, Repeat } from './filter-node.ts';
import { FilterProblem } from './filter-problem.ts';
import { maskSets } from './mask-sets.ts';
import { measureFilter } from './measure-filter.ts';

/** The way from one place that reads a character to the next, or to the end of the match. */
interface Step {
  /** Index of the position; undefined where the match is complete. */
  readonly to: number | undefined;
  /** Only at the start of the line. */
  readonly atStart: boolean;
  /** Only at the end of the line. */
  readonly atEnd: boolean;
  /** Only at, or only away from, the border of a word. */
  readonly atWord: boolean;
}

/** A place in the filter that reads one character. */
export interface Position extends FilterPart {
  /** One bit for each kind of character; two positions can read the same one if they share a bit. */
  readonly mask: bigint;
  /** What can come next, the preferred first. A step that stands twice can be taken in two ways. */
  readonly steps: readonly Step[];
}

/** A filter as a position automaton: what a backtracking matcher walks through, character by character. */
export interface FilterAutomaton {
  readonly positions: readonly Position[];
  /** The mask of `.`: all bits. */
  readonly everyCharacter: bigint;
  /** The steps to the first character. */
  readonly start: readonly Step[];
  /** Every unbounded repetition, and the bounded ones that are treated as such. */
  readonly loops: readonly FilterPart[];
}

type State =
  | { readonly kind: 'read'; readonly set: CodePointSet; readonly part: FilterPart; readonly next: number }
  | { readonly kind: 'split'; readonly next: number[] }
  | { readonly kind: 'assert'; readonly condition: Partial<Step>; readonly next: number }
  | { readonly kind: 'done' };

const MOST_COPIES = 200;
const MOST_STATES = 4000;
const MOST_STEPS = 20_000;
const CONDITIONS = {
  start: { atStart: true },
  end: { atEnd: true },
  word: { atWord: true },
  inside: { atWord: true },
} as const;

/**
 * The positions of a filter whose repeated parts can't be empty.
 *
 * An exact count is copied out while that stays small (`\d{4}`); a range such as `{1,3}` counts as unbounded. Both
 * only ever make more runs than there are, so what the automaton clears is clear.
 *
 * @throws FilterProblem where the filter is too large to be checked.
 */
export function buildAutomaton(filter: FilterNode): FilterAutomaton {
  const states: State[] = [{ kind: 'done' }];
  const loops: FilterPart[] = [];
  const first = build(filter, 0);
  const reads = states.flatMap((state, id) => (state.kind === 'read' ? [{ ...state, id }] : []));
  const positionOf = new Map(reads.map(({ id }, position) => [id, position]));
  const masks = maskSets([...reads.map(({ set }) => set), everything]);
  let taken = 0;
  return {
    everyCharacter: masks.at(-1)!,
    start: listSteps(first),
    positions: reads.map(({ part, next }, position) => ({
      from: part.from,
      to: part.to,
      mask: masks[position]!,
      steps: listSteps(next).filter((step) => !step.atStart && !(step.atEnd && step.to !== undefined)),
    })),
    loops,
  };

  function add(state: State): number {
    if (states.length >= MOST_STATES) throw new FilterProblem('the filter is too large; repeat less often');
    return states.push(state) - 1;
  }

  /** The state at which `node` begins, if `next` comes after it. */
  function build(node: FilterNode, next: number): number {
    switch (node.kind) {
      case 'characters':
        return add({ kind: 'read', set: node.set, part: node, next });
      case 'assertion':
        return add({ kind: 'assert', condition: CONDITIONS[node.place], next });
      case 'group':
        return build(node.body, next);
      case 'sequence':
        return node.items.reduceRight((after, item) => build(item, after), next);
      case 'choice':
        return add({ kind: 'split', next: node.options.map((option) => build(option, next)) });
      case 'repeat':
        return buildRepeat(node, next);
    }
  }

  function buildRepeat({ body, least, most, greedy, ...part }: Repeat, next: number): number {
    const isExact = most - least <= 1 && most * measureFilter(body) <= MOST_COPIES;
    let entry = next;
    if (!isExact) {
      const ways: number[] = [];
      const split = add({ kind: 'split', next: ways });
      const again = build(body, split);
      ways.push(...(greedy ? [again, next] : [next, again]));
      loops.push(part);
      entry = least === 0 ? split : again;
    } else if (most > least) {
      const once = build(body, next);
      entry = add({ kind: 'split', next: greedy ? [once, next] : [next, once] });
    }
    const copies = isExact ? least : least * measureFilter(body) <= MOST_COPIES ? least - 1 : 0;
    for (let copy = 0; copy < copies; copy++) entry = build(body, entry);
    return entry;
  }

  /** All ways from a state, without reading, to one that reads or is done. */
  function listSteps(from: number): Step[] {
    const steps: Step[] = [];
    follow(from, { to: undefined, atStart: false, atEnd: false, atWord: false });
    return steps;

    function follow(id: number, step: Step): void {
      const state = states[id]!;
      if (state.kind === 'split') for (const next of state.next) follow(next, step);
      else if (state.kind === 'assert') follow(state.next, { ...step, ...state.condition });
      else steps.push({ ...step, to: positionOf.get(id) });
      if (++taken > MOST_STEPS)
        throw new FilterProblem('the filter has too many ways; make less of it optional');
    }
  }
}
