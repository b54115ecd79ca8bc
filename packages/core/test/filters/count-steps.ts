import { isInSet } from '../../src/match/filters/code-point-set.ts';
import type { FilterNode } from '../../src/match/filters/filter-node.ts';

const WORD = /[0-9A-Za-z_]/;

/**
 * How many characters a plain backtracking matcher compares with the filter to find all matches in the line: one that
 * knows no trick and tries every way in order. More than `limit` are not counted.
 */
export function countSteps(filter: FilterNode, line: string, limit: number): number {
  const characters = Array.from(line);
  let steps = 0;
  for (let at = 0; at < characters.length && steps <= limit; ) {
    let end = at;
    match(filter, at, (to) => {
      end = to;
      return true;
    });
    at = Math.max(at + 1, end);
  }
  return steps;

  function match(node: FilterNode, at: number, then: (to: number) => boolean): boolean {
    if (steps > limit) return false;
    switch (node.kind) {
      case 'characters': {
        steps++;
        const codePoint = characters[at]?.codePointAt(0);
        return codePoint !== undefined && isInSet(node.set, codePoint) && then(at + 1);
      }
      case 'assertion':
        return holds(node.place, at) && then(at);
      case 'group':
        return match(node.body, at, then);
      case 'choice':
        return node.options.some((option) => match(option, at, then));
      case 'sequence':
        return matchFrom(node.items, 0, at, then);
      case 'repeat': {
        const { body, least, most, greedy } = node;
        const again = (count: number, from: number): boolean => {
          const more = () =>
            count < most && match(body, from, (to) => (to > from || count < least) && again(count + 1, to));
          const enough = () => count >= least && then(from);
          return greedy ? more() || enough() : enough() || more();
        };
        return again(0, at);
      }
    }
  }

  function matchFrom(
    items: readonly FilterNode[],
    i: number,
    at: number,
    then: (to: number) => boolean,
  ): boolean {
    const item = items[i];
    return item === undefined ? then(at) : match(item, at, (to) => matchFrom(items, i + 1, to, then));
  }

  function holds(place: string, at: number): boolean {
    if (place === 'start') return at === 0;
    if (place === 'end') return at === characters.length;
    const isBorder = WORD.test(characters[at - 1] ?? ' ') !== WORD.test(characters[at] ?? ' ');
    return isBorder === (place === 'word');
  }
}
