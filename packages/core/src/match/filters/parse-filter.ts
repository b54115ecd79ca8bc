import { everything } from './code-point-set.ts';
import type { Assertion, FilterNode } from './filter-node.ts';
import { createFoldCase, type FoldCase } from './fold-case.ts';
import { readClass, readShorthand } from './read-class.ts';
import { type FilterFlags, readCharacter, readOpening, readRepeat } from './read-token.ts';

const ASSERTIONS: ReadonlyMap<string, Assertion['place']> = new Map([
  ['^', 'start'],
  ['$', 'end'],
  ['\\A', 'start'],
  ['\\z', 'end'],
  ['\\b', 'word'],
  ['\\B', 'inside'],
]);

/**
 * The tree of a filter that RE2 accepts; what comes out of another one has no meaning.
 *
 * @throws FilterProblem for a class of Unicode.
 * Source: https://github.com/google/re2/wiki/Syntax
 */
export function parseFilter(source: string): FilterNode {
  const foldCase = createFoldCase();
  let at = 0;
  let groups = 0;

  /** Up to the end, or to the parenthesis that closes the group. */
  function parseChoice(outerFlags: FilterFlags): FilterNode {
    const from = at;
    const options: FilterNode[] = [];
    let items: FilterNode[] = [];
    let optionFrom = at;
    let flags = outerFlags;
    function endOption(): void {
      options.push(items.length === 1 ? items[0]! : { kind: 'sequence', items, from: optionFrom, to: at });
    }
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        endOption();
        items = [];
        optionFrom = ++at;
      } else if (source[at] === '(') {
        flags = parseParenthesis(items, flags);
      } else if (source.startsWith('\\Q', at)) {
        parseQuoted(items, flags);
      } else if (!parseRepeat(items, flags)) {
        items.push(parseCharacter(flags));
      }
    }
    endOption();
    return options.length === 1 ? options[0]! : { kind: 'choice', options, from, to: at };
  }

  /** Gives the flags that hold after it: those of `(?i)` go on behind it, also in the options that follow. */
  function parseParenthesis(items: FilterNode[], flags: FilterFlags): FilterFlags {
    const from = at;
    const opening = readOpening(source, at, flags);
    at = opening.to;
    if (opening.value.kind === 'flags') return opening.value.flags;
    const index = opening.value.kind === 'captures' ? ++groups : 0;
    const body = parseChoice(opening.value.flags);
    at++;
    items.push({ kind: 'group', index, body, from, to: at });
    return flags;
  }

  /** `\Q…\E`, of which a repetition behind it takes the last character only. */
  function parseQuoted(items: FilterNode[], flags: FilterFlags): void {
    const end = source.indexOf('\\E', at);
    const to = end < 0 ? source.length : end;
    for (at += 2; at < to; ) {
      const from = at;
      const codePoint = source.codePointAt(at) ?? 0;
      at += codePoint > 0xffff ? 2 : 1;
      items.push({ kind: 'characters', set: foldIn(flags)([[codePoint, codePoint]]), from, to: at });
    }
    at = end < 0 ? to : to + 2;
  }

  function parseRepeat(items: FilterNode[], flags: FilterFlags): boolean {
    const repeat = readRepeat(source, at);
    const body = repeat === undefined ? undefined : items.pop();
    if (repeat === undefined || body === undefined) return false;
    at = repeat.to;
    const { least, most, marked } = repeat.value;
    items.push({
      kind: 'repeat',
      body,
      least,
      most,
      greedy: marked === flags.ungreedy,
      from: body.from,
      to: at,
    });
    return true;
  }

  function parseCharacter(flags: FilterFlags): FilterNode {
    const from = at;
    const place = ASSERTIONS.get(source[at] === '\\' ? source.slice(at, at + 2) : source.charAt(at));
    if (place !== undefined) {
      at += source[at] === '\\' ? 2 : 1;
      return { kind: 'assertion', place, from, to: at };
    }
    const fold = foldIn(flags);
    if (source[at] === '.') return { kind: 'characters', set: everything, from, to: ++at };
    const set = source[at] === '[' ? readClass(source, at, fold) : readShorthand(source, at, fold);
    if (set !== undefined) {
      at = set.to;
      return { kind: 'characters', set: set.value, from, to: at };
    }
    const character = readCharacter(source, at);
    at = character.to;
    return { kind: 'characters', set: fold([[character.value, character.value]]), from, to: at };
  }

  function foldIn(flags: FilterFlags): FoldCase {
    return flags.ignoreCase ? foldCase : (set) => set;
  }

  return parseChoice({ ignoreCase: false, ungreedy: false });
}
