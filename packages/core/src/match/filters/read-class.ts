import { type CodePointRange, type CodePointSet, negateSet, uniteRanges } from './code-point-set.ts';
import { FilterProblem } from './filter-node.ts';
import type { FoldCase } from './fold-case.ts';
import { perlClasses, posixClasses } from './named-classes.ts';
import { type Read, readCharacter } from './read-token.ts';

/**
 * `\d`, `\W` at `at`; undefined where something else stands. A class is folded before it is negated: `(?i)\W` does not read
 * U+017F, because `(?i)\w` reads it with the `s`.
 *
 * @throws FilterProblem for a class of Unicode (`\p{Greek}`): clients would have to carry it spelled out.
 */
export function readShorthand(source: string, at: number, fold: FoldCase): Read<CodePointSet> | undefined {
  if (source[at] !== '\\') return undefined;
  const letter = source[at + 1] ?? '';
  const perl = perlClasses.get(letter.toLowerCase());
  if (perl !== undefined) return { value: negateIf(letter !== letter.toLowerCase(), fold(perl)), to: at + 2 };
  if (!/^[pP]$/.test(letter)) return undefined;
  const [text = ''] = /^\\.(?:\{[^}]*\}|.)/u.exec(source.slice(at)) ?? [];
  throw new FilterProblem(
    `${text} is a class of Unicode, which not every client can match; name the characters that you need, as in [α-ω]`,
  );
}

/**
 * A class in brackets, the first of which is at `at`: `[a-z_]`, `[^\w|-]`, `[]a]`, `[[:alpha:][:^digit:]]`.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Character class elements".
 */
export function readClass(source: string, at: number, fold: FoldCase): Read<CodePointSet> {
  const negated = source[at + 1] === '^';
  const start = at + (negated ? 2 : 1);
  const ranges: CodePointRange[] = [];
  let to = start;
  while (to < source.length && (to === start || source[to] !== ']')) {
    const named = readPosix(source, to, fold) ?? readShorthand(source, to, fold);
    if (named !== undefined) {
      ranges.push(...named.value);
      to = named.to;
      continue;
    }
    const first = readCharacter(source, to);
    const isRange = source[first.to] === '-' && source[first.to + 1] !== ']';
    const last = isRange ? readCharacter(source, first.to + 1) : first;
    ranges.push(...fold([[first.value, last.value]]));
    to = last.to;
  }
  return { value: negateIf(negated, uniteRanges(ranges)), to: to + 1 };
}

function readPosix(source: string, at: number, fold: FoldCase): Read<CodePointSet> | undefined {
  const posix = /^\[:(\^?)([a-z]+):\]/.exec(source.slice(at, at + 12));
  const set = posixClasses.get(posix?.[2] ?? '');
  if (posix === null || set === undefined) return undefined;
  return { value: negateIf(posix[1] === '^', fold(set)), to: at + posix[0].length };
}

function negateIf(negated: boolean, set: CodePointSet): CodePointSet {
  return negated ? negateSet(set) : set;
}
