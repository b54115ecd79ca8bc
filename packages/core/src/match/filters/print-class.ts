import { type CodePointRange, type CodePointSet, isInSet, negateSet } from './code-point-set.ts';

const LAST_CODE_POINT = 0x10ffff;
/** Backslash-escaped in both languages; Python also warns about `[[`, `--`, `&&`, `~~` and `||` in a class. */
const SPECIAL_IN_CLASS = /[\\\]^[|-]/;
/** All that JavaScript's `u` flag lets one escape outside of a class, without the slash. */
const SPECIAL = /[\\^$.*+?()[\]{}|]/;
const SHORT = new Map([
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
]);

/**
 * A set of characters as both languages read it: `a`, `\.`, `[0-9A-Z_a-z]`, `[^"]`. Every character is `[^\n]`, since
 * a line holds no line break. No character at all is `(?!)`: an empty class is an error in Python.
 */
export function printSet(set: CodePointSet): string {
  const [only] = set;
  if (only === undefined) return '(?!)';
  if (set.length === 1 && only[0] === only[1]) return printCharacter(only[0], SPECIAL);
  if (!isInSet(set, LAST_CODE_POINT)) return `[${set.map(printRange).join('')}]`;
  const others = negateSet(set);
  return `[^${others.length === 0 ? '\\n' : others.map(printRange).join('')}]`;
}

function printRange([first, last]: CodePointRange): string {
  const ends = [first, last].map((end) => printCharacter(end, SPECIAL_IN_CLASS));
  if (first === last) return ends[0] ?? '';
  return ends.join(last === first + 1 ? '' : '-');
}

/** Beyond U+FFFF the two have no escape in common, so the character itself stands there. */
function printCharacter(codePoint: number, special: RegExp): string {
  const character = String.fromCodePoint(codePoint);
  if (codePoint > 0xffff) return character;
  if (codePoint >= 0x20 && codePoint < 0x7f) return special.test(character) ? `\\${character}` : character;
  return SHORT.get(codePoint) ?? `\\u${codePoint.toString(16).padStart(4, '0')}`;
}
