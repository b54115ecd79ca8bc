import { type CodePointRange, type CodePointSet, everything, uniteRanges } from './code-point-set.ts';
import { FilterProblem } from './filter-problem.ts';

/** More ranges than this are no filter that people would want to read, nor carry in every pod. */
const MOST_RANGES = 64;

const BLOCK = 0x1000;
const CODE_POINTS = 0x110000;

/**
 * The characters of `\p{name}`: a general category or a script. They get spelled out, because Python's `re` has no
 * such classes.
 *
 * @throws FilterProblem where that would take too many ranges, as with `\pL` or `\p{Nd}`.
 * Source: https://github.com/google/re2/wiki/Syntax, "Unicode character class names".
 */
export function listUnicodeClass(name: string): CodePointSet {
  if (name === 'Any') return everything;
  const property = compileProperty(name);
  let ranges: CodePointRange[] = [];
  for (let codePoint = 0; codePoint < CODE_POINTS; codePoint++) {
    if (property.test(String.fromCodePoint(codePoint))) ranges.push([codePoint, codePoint]);
    if (codePoint % BLOCK < BLOCK - 1) continue;
    ranges = [...uniteRanges(ranges)];
    if (ranges.length > MOST_RANGES) {
      throw new FilterProblem(`\\p{${name}} has too many characters to spell out; name the ones you need`);
    }
  }
  return ranges;
}

function compileProperty(name: string): RegExp {
  try {
    return new RegExp(spellProperty(name), 'u');
  } catch {
    throw new FilterProblem(`\\p{${name}} is unknown here; name the characters you need`);
  }
}

function spellProperty(name: string): string {
  if (name === 'Ascii') return '\\p{ASCII}';
  if (name === 'Assigned') return '\\p{Assigned}';
  if (/^[A-Z][A-Za-z]?$/.test(name)) return `\\p{${name === 'Lc' ? 'LC' : name}}`;
  return `\\p{Script=${name}}`;
}
