import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { createFoldCase } from '../../src/match/filters/fold-case.ts';
import { translateFilter } from '../../src/match/filters/translate-filter.ts';

const raw = String.raw;
const word = '[0-9A-Z_a-z]';

describe('each construct as both languages read it', () => {
  test.each([
    // One character
    ['a é\t', raw`a \u00e9\t`],
    ['😀', '😀'],
    [raw`\.\-\_\x41\x{1F600}\101\a\v`, raw`\.-_A😀A\u0007\v`],
    [raw`\Qa.*\E+`, raw`a\.\*+`],
    ['a{x]}', raw`a\{x\]\}`],
    ['a{,2}', raw`a\{,2\}`],
    ['.', raw`[^\n]`],
    ['(?s).', raw`[^\n]`],
    [raw`\d\D`, '[0-9][^0-9]'],
    [raw`\s\S`, raw`[\t\n\f\r ][^\t\n\f\r ]`],
    [raw`\w\W`, `${word}[^0-9A-Z_a-z]`],
    [raw`[\w|-]`, raw`[\-0-9A-Z_a-z\|]`],
    ['[]^a[]', raw`[\[\]\^a]`],
    ['[^"]', '[^"]'],
    [raw`[\d\D]`, raw`[^\n]`],
    ['[ab]|[a]', '[ab]|a'],
    ['[[:alpha:]_]', '[A-Z_a-z]'],
    ['[[:^alpha:]]', '[^A-Za-z]'],
    ['[[:word:]-]', raw`[\-0-9A-Z_a-z]`],
    [raw`[^\x00-\x{10FFFF}]`, '(?!)'],
    // Places
    ['^a$', '^a$'],
    [raw`\Aa\z`, '^a$'],
    ['(?m)^a$', '^a$'],
    [raw`\ba`, `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))a`],
    [raw`\Ba`, `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))a`],
    // Flags
    ['(?i)ab', '[Aa][Bb]'],
    ['(?i)ks', raw`[Kk\u212a][Ss\u017f]`],
    ['(?i)[^k]', raw`[^Kk\u212a]`],
    [raw`(?i)\W`, raw`[^0-9A-Z_a-z\u017f\u212a]`],
    ['(?i)σ', raw`[\u03a3\u03c2\u03c3]`],
    ['(?i:a)b', '(?:[Aa])b'],
    ['a(?i)b|c', 'a[Bb]|[Cc]'],
    ['(?i)a(?-i)b', '[Aa]b'],
    ['(?U)a+b+?', 'a+?b+'],
    ['(?U:a+)b+', '(?:a+?)b+'],
    // Groups
    ['(?P<n>a)=(?<v>b)', '(a)=(b)'],
    ['(a)(b)(c)', '(a)(b)(?:c)'],
    ['(?:a)', '(?:a)'],
    ['(|a)b', '(|a)b'],
    // Repetitions
    ['a*b+c?d', 'a*b+c?d'],
    ['a*?b+?c??d', 'a*?b+?c??d'],
    ['a{2}b{2,}c{2,3}?', 'a{2}b{2,}c{2,3}?'],
    ['a{0}b{1}c{0,1}d', 'a{0}bc?d'],
    ['(?:a*)?b', '(?:a*)b'],
    [raw`(\w+)\s*=?\s*a`, raw`([0-9A-Z_a-z]+)(?:[\t\n\f\r ]*=)?[\t\n\f\r ]*a`],
    ['a +=? +a', 'a (?: *=)? +a'],
    ['a *=? *:? *a', 'a(?: *=)?(?: *:)? *a'],
    ['a * ? *a', 'a * ? *a'],
  ])('%s', (source, portable) => {
    expect(translateFilter(source)).toEqual({ portable });
  });
});

describe('what would be read in different ways is refused, with a way out', () => {
  test.each([
    ['(a', /^the filter is invalid: .*missing closing/],
    [raw`\C`, /^the filter is invalid/],
    ['(?=a)', /^the filter is invalid/],
    [raw`\1`, /^the filter is invalid/],
    ['a*', /^the filter matches the empty text; let it read/],
    ['^', /^the filter matches the empty text/],
    ['(a?b?)*=', /^"\(a\?b\?\)\*" repeats what may be empty; let the repeated part/],
    [raw`(?:\ba?)?=`, /^"\(\?:\\ba\?\)\?" repeats what may be empty/],
    ['((a)|b)+=', /^group 1 is repeated in "\(\(a\)\|b\)\+"; put the groups/],
    ['(a)(?:=(b))+', /^group 2 is repeated in "\(\?:=\(b\)\)\+"/],
    [raw`\pL+`, /^\\pL is a class of Unicode, which .*; name/],
    [raw`[a\P{^Greek}]`, /^\\P\{\^Greek\} is a class of Unicode, which .*; name/],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, /^the filter nests too deeply/],
  ])('%s', (source, problem) => {
    expect(translateFilter(source)).toEqual({
      problem: expect.stringMatching(problem),
      code: 'filter-not-portable',
    });
  });
});

test('case is ignored for the same letters as in RE2', () => {
  const fold = createFoldCase();
  const different: string[] = [];
  for (let codePoint = 0x41; codePoint < 0x1e944; codePoint++) {
    if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
    const same = fold([[codePoint, codePoint]]).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
    );
    const letter = String.fromCodePoint(codePoint);
    const cased = [letter.toLowerCase(), letter.toUpperCase()].filter((text) => [...text].length === 1);
    if (same.length === 1 && cased.every((text) => text === letter)) continue;
    const re2 = RE2JS.compile(`(?i)\\x{${codePoint.toString(16)}}`);
    if (same.some((text) => !re2.testExact(text))) different.push(letter);
    if (cased.some((text) => re2.testExact(text) !== same.includes(text))) different.push(letter);
  }
  expect(different).toEqual([]);
});
