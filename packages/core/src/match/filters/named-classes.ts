import { type CodePointSet, uniteRanges } from './code-point-set.ts';

/** `spell('09AZ')` holds 0 to 9 and A to Z. */
function spell(ends: string): CodePointSet {
  const codes = Array.from(ends, (end) => end.codePointAt(0) ?? 0);
  return uniteRanges(codes.flatMap((first, i) => (i % 2 === 0 ? [[first, codes[i + 1] ?? first]] : [])));
}

/** What `\w` reads; also what `\b` looks at, whatever the flags say. */
export const wordCharacters = spell('09AZ__az');

/** `\d`, `\s` and `\w`: ASCII only. Source: https://github.com/google/re2/wiki/Syntax, "Perl character classes". */
export const perlClasses: ReadonlyMap<string, CodePointSet> = new Map([
  ['d', spell('09')],
  ['s', spell('\t\n\f\r  ')],
  ['w', wordCharacters],
]);

/** `[[:name:]]`, ASCII only. Source: https://github.com/google/re2/wiki/Syntax, "ASCII character classes". */
export const posixClasses: ReadonlyMap<string, CodePointSet> = new Map([
  ['alnum', spell('09AZaz')],
  ['alpha', spell('AZaz')],
  ['ascii', spell('\x00\x7f')],
  ['blank', spell('\t\t  ')],
  ['cntrl', spell('\x00\x1f\x7f\x7f')],
  ['digit', spell('09')],
  ['graph', spell('!~')],
  ['lower', spell('az')],
  ['print', spell(' ~')],
  ['punct', spell('!/:@[`{~')],
  ['space', spell('\t\r  ')],
  ['upper', spell('AZ')],
  ['word', wordCharacters],
  ['xdigit', spell('09AFaf')],
]);
