import { isAlwaysEmptiable } from './can-match.ts';
import type { Assertion, FilterNode, Repeat } from './filter-node.ts';
import { wordCharacters } from './named-classes.ts';
import { printSet } from './print-class.ts';

const WORD = printSet(wordCharacters);

/**
 * The two groups that Katib reads stay groups. The others become non-capturing, because Python before 3.11 and
 * JavaScript keep other captures than RE2 when a group is repeated.
 */
const LAST_CAPTURE = 2;

const PLACES: Record<Assertion['place'], string> = {
  start: '^',
  // Python's `$` also holds before a line break at the end; a line has none, and `\z` is unknown to JavaScript
  end: '$',
  // `\b` is ASCII in RE2 and Unicode in Python
  word: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  inside: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
};

/** A tree as a pattern of the common subset of Python's `re` and JavaScript's `u` mode. */
export function printFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'characters':
      return printSet(node.set);
    case 'assertion':
      return PLACES[node.place];
    case 'sequence':
      return node.items.map(printItem).join('');
    case 'choice':
      return node.options.map(printFilter).join('|');
    case 'group':
      return `${node.index > 0 && node.index <= LAST_CAPTURE ? '(' : '(?:'}${printFilter(node.body)})`;
    case 'repeat':
      return printRepeat(node);
  }
}

function printItem(node: FilterNode): string {
  return node.kind === 'choice' ? `(?:${printFilter(node)})` : printFilter(node);
}

/**
 * JavaScript throws an empty iteration away and tries the next option, RE2 keeps it. Where the body can be empty
 * anyway, `x?` means the same as `x`, to Katib also in the groups: one that took no part is as empty as an empty one.
 */
function printRepeat(node: Repeat): string {
  const { body, least, most, greedy } = node;
  const isPointless = least === 1 && most === 1;
  if (isPointless || (least === 0 && most === 1 && greedy && isAlwaysEmptiable(body))) return printItem(body);
  const text = printFilter(body);
  const isAtom = (body.kind === 'characters' && body.set.length > 0) || body.kind === 'group';
  return `${isAtom ? text : `(?:${text})`}${printTimes(node)}${greedy || least === most ? '' : '?'}`;
}

function printTimes({ least, most }: Repeat): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === 0 && most === 1) return '?';
  return least === most ? `{${least}}` : `{${least},${most}}`;
}
