import { canMatch, firstOf, isAlwaysEmptiable, readsOf } from './can-match.ts';
import { checkRounds } from './check-rounds.ts';
import { type CodePointSet, everything, intersect, overlap, readsAll } from './code-point-set.ts';
import { type FilterNode, FilterProblem, quotePart, type Repeat } from './filter-node.ts';

/** How often two repetitions may share a text; the search from each character of the line on counts as one, and is free. */
const MOST_SHARED = 1;
const MOST_BRANCHES = 256;
const MOST_COPIES = 100;
const BUDGET = 100_000;

/** A repetition that a matcher may still be in, seen from a place behind it. */
interface Open {
  /** What it repeats; absent for the search, which reads anything. */
  readonly repeat?: Repeat;
  readonly reads: CodePointSet;
  /** What stands between it and that place. */
  readonly passed: readonly FilterNode[];
  /** How often repetitions up to it share a text, along the way on which they do most. */
  readonly shared: number;
}

/** How a matcher comes to a part. */
interface Arrival {
  readonly open: readonly Open[];
  /** How often repetitions in front of it share a text, at most. */
  readonly shared: number;
  /** Whether the match is complete behind the part. */
  readonly isLast: boolean;
}

/** What a part adds to the runs of a matcher. */
interface Walked {
  /** Its repetitions, seen from behind the part. */
  readonly opened: readonly Open[];
  readonly shared: number;
  /** In how many ways its options and choices read one text at most. */
  readonly branches: number;
}

interface Check {
  readonly source: string;
  /** Counts up to `BUDGET`. */
  spent: number;
}

const search: Open = { reads: everything, passed: [], shared: 0 };
/** Behind a complete match: what fails there is tried once for the line. */
const afterMatch: Arrival = { open: [search], shared: 0, isLast: true };

/**
 * Refuses a filter that is linear in RE2 and would hold up a backtracking matcher, as Python's and JavaScript's are: one
 * that takes more steps than the square of the line's length, in which clients cap it.
 *
 * A matcher that fails has tried every way to read each part of the line. There are many ways where
 *
 * - a round of a repetition can be read in two ways: exponentially many (`check-rounds.ts`);
 * - two repetitions can read the same text, and so can all that stands between them: one way for each place at which the
 *   first can leave off. The search, which begins again at each character of the line, shares the text with one
 *   repetition, which gives the square; each further pair gives one degree more.
 *
 * What comes when the match is bound to be found can't fail, so it costs nothing: `=\s*(\S+).*$`. Whatever is not known
 * for certain counts as shared: the answer may be too severe and never too mild.
 *
 * @throws FilterProblem with the part and the way out.
 */
export function checkCost(source: string, filter: FilterNode): void {
  const open = beginsAtStart(filter) ? [] : [search];
  const arrival = { open, shared: 0, isLast: true };
  const { branches } = walk(withoutRest(filter), arrival, { source, spent: 0 });
  if (branches > MOST_BRANCHES)
    throw new FilterProblem(
      'too many parts of the filter are optional one after the other; write a repetition instead',
    );
}

function walk(node: FilterNode, arrival: Arrival, check: Check): Walked {
  switch (node.kind) {
    case 'characters':
    case 'assertion':
      return { opened: [], shared: arrival.shared, branches: 1 };
    case 'group':
      return walk(node.body, arrival, check);
    case 'sequence':
      return walkSequence(node.items, arrival, check);
    case 'choice':
      return walkChoice(node.options, arrival, check);
    case 'repeat':
      return isCounted(node) ? walkCopies(node, arrival, check) : walkRounds(node, arrival, check);
  }
}

function walkSequence(items: readonly FilterNode[], arrival: Arrival, check: Check): Walked {
  /** Behind it all may be empty. */
  const decisive = arrival.isLast ? items.findLastIndex((item) => !isAlwaysEmptiable(item)) : items.length;
  let { open, shared } = arrival;
  let opened: readonly Open[] = [];
  let branches = 1;
  for (const [index, item] of items.entries()) {
    const isBehind = index > decisive;
    const here = isBehind ? afterMatch : { open, shared, isLast: index === decisive };
    const walked = walk(item, here, check);
    const pass = (one: Open): Open => ({ ...one, passed: [...one.passed, item] });
    check.spent += open.reduce((sum, { passed }) => sum + 1 + passed.length, 0);
    if (check.spent > BUDGET) throw new FilterProblem('the filter is too large; repeat less often');
    open = [...open.map(pass), ...walked.opened];
    opened = [...opened.map(pass), ...walked.opened];
    shared = Math.max(shared, walked.shared);
    branches = isBehind ? Math.max(branches, walked.branches) : branches * walked.branches;
  }
  return { opened, shared, branches };
}

function walkChoice(options: readonly FilterNode[], arrival: Arrival, check: Check): Walked {
  const walked = options.map((option) => walk(option, arrival, check));
  const firsts = options.map((option) => firstOf(option, everything));
  // Of options that begin alike all are tried.
  const branches = firsts.map((first) =>
    firsts.reduce((sum, other, i) => sum + (overlap(first, other) ? (walked[i]?.branches ?? 1) : 0), 0),
  );
  return {
    opened: walked.flatMap((one) => one.opened),
    shared: Math.max(arrival.shared, ...walked.map((one) => one.shared)),
    branches: Math.max(1, ...branches),
  };
}

/** Whether a repetition is a few copies, of which the last may be left out; a range such as `{1,3}` counts as unbounded. */
function isCounted({ body, least, most }: Repeat): boolean {
  return most - least <= 1 && (most <= MOST_COPIES || body.kind === 'characters');
}

function walkCopies({ body, least, most }: Repeat, arrival: Arrival, check: Check): Walked {
  const copies = body.kind === 'characters' ? Math.min(1, most) : most;
  const isLast = arrival.isLast && most === 1;
  const walked = walkSequence(Array(copies).fill(body), { ...arrival, isLast }, check);
  return most > least ? { ...walked, branches: walked.branches + 1 } : walked;
}

function walkRounds(node: Repeat, arrival: Arrival, check: Check): Walked {
  const { body, least } = node;
  if (body.kind !== 'characters') checkRounds(check.source, node);
  const isLast = arrival.isLast && least <= 1;
  const inside = walk(
    body,
    isLast ? { ...arrival, open: [...arrival.open, search] } : { ...arrival, isLast },
    check,
  );
  if (isLast) return inside;
  const own: Open = { repeat: node, reads: readsOf(body), passed: [], shared: inside.shared };
  const [worst] = arrival.open.filter((one) => canShare(one, own)).toSorted((a, b) => b.shared - a.shared);
  const shared = Math.max(inside.shared, worst ? worst.shared + 1 : 0);
  if (worst?.repeat && shared > MOST_SHARED) {
    const [first, second] = [worst.repeat, node].map((one) => quotePart(check.source, one));
    throw new FilterProblem(
      `${first} and ${second} can share a text in too many ways; put a character between them that neither reads, leave one out, or begin the filter with ^`,
    );
  }
  // what it repeats may be left in any round
  const opened = [...inside.opened, own].map((one) => ({ ...one, shared }));
  return { opened, shared, branches: inside.branches };
}

/** Whether there is a text that both repetitions can read over and over, and all that stands between them, too. */
function canShare(first: Open, second: Open): boolean {
  const both = intersect(first.reads, second.reads);
  const between = [first.repeat?.body, ...first.passed, second.repeat?.body];
  const reads = (set: CodePointSet): boolean => overlap(set, both);
  return both.length > 0 && between.every((node) => node === undefined || canMatch(node, reads, true));
}

/** Whether every match begins at the start of the line. */
function beginsAtStart(node: FilterNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.place === 'start';
    case 'group':
      return beginsAtStart(node.body);
    case 'sequence':
      return node.items[0] !== undefined && beginsAtStart(node.items[0]);
    case 'choice':
      return node.options.every(beginsAtStart);
    default:
      return false;
  }
}

/** The filter without `.*$` at its end, which is bound to match. */
function withoutRest(filter: FilterNode): FilterNode {
  if (filter.kind !== 'sequence') return filter;
  const [rest, end] = filter.items.slice(-2);
  const isEnd = end?.kind === 'assertion' && end.place === 'end';
  return isEnd && rest && isAnything(rest) ? { ...filter, items: filter.items.slice(0, -2) } : filter;
}

function isAnything(node: FilterNode): boolean {
  if (node.kind === 'group') return isAnything(node.body);
  return (
    node.kind === 'repeat' &&
    node.least === 0 &&
    node.most === Number.POSITIVE_INFINITY &&
    node.body.kind === 'characters' &&
    readsAll(node.body.set)
  );
}
