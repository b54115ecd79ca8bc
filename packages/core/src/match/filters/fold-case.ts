import { type CodePointRange, type CodePointSet, uniteRanges } from './code-point-set.ts';

/** The set, and every character that differs from one of its characters only in case. */
export type FoldCase = (set: CodePointSet) => CodePointSet;

/** The first and the last character with a case: `A` and U+1E943, a letter of Adlam. */
const FOLDABLE = [0x41, 0x1e943] as const;
const BLOCK = 0x1000;
/** The letters of ASCII and the two beyond it that fold to some of them. */
const ASCII_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\u017f\u212a';

/**
 * Case as RE2 ignores it in `(?i)`: Unicode's simple folding, which makes `k`, `K` and U+212A (kelvin) one, and `s`,
 * `S` and U+017F. JavaScript's `iu` folds in the same way, so it is asked; the clients get the letters spelled out.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Flags", and `unicode.SimpleFold` of Go.
 */
export function createFoldCase(): FoldCase {
  let letters: string | undefined;
  return (set) => {
    if (set.every(([first, last]) => last < FOLDABLE[0] || first > FOLDABLE[1])) return set;
    const isAscii = set.every(([, last]) => last < 0x80);
    if (!isAscii) letters ??= listLetters();
    const ranges = set.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
    const same = (letters ?? ASCII_LETTERS).match(new RegExp(`[${ranges.join('')}]`, 'giu')) ?? [];
    return uniteRanges([...set, ...same.map(toRange)]);
  };
}

function listLetters(): string {
  let letters = '';
  for (let block: number = FOLDABLE[0]; block <= FOLDABLE[1]; block += BLOCK) {
    const characters = String.fromCodePoint(...Array.from({ length: BLOCK }, (_, i) => block + i));
    letters += (characters.match(/[\p{CWCF}\p{CWCM}]/gu) ?? []).join('');
  }
  return letters;
}

function toRange(character: string): CodePointRange {
  const codePoint = character.codePointAt(0) ?? 0;
  return [codePoint, codePoint];
}
