import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/match/filters/compile-expression.ts';
import { translateFilter } from '../../src/match/filters/translate-filter.ts';
import { findWithJavaScript, findWithPython, findWithRe2, type Match } from './find-matches.ts';
import { generateFilters, generateLines, narrow, wide } from './generate-filter.ts';
import { writtenFilters } from './written-filters.ts';

const seed = 20261120;

const metricLines = [
  ...[
    '',
    'loss=0.25',
    'accuracy = 91.2%',
    'loss=nan acc=1e-3',
    'a=1,b=2 , k = -3.5',
    '"loss": "0.5", "acc":1',
  ],
  ...[
    '{metricName: loss, metricValue: 0.3};{metricName: acc, metricValue: -1}',
    'Epoch 3: LOSS: .5 Accuracy:7',
  ],
  ...[
    '[val_loss] 0.1 [x]',
    '2026-01-02T03:04:05Z loss=1',
    'name loss  :  3',
    'loss 4',
    'loss is 5',
    'loss : " 6',
  ],
  ...[
    'epoch=1 lr=2 loss=3 loss=4',
    'K=ſ k=S \u212a=\u212a',
    'é=1 😀😀=é 😀=😀',
    'αβγ=1 漢字=2 Ж=€3 ǅ=1 ς=2',
    ']a[=] a^-=1 a]=1',
  ],
  ...[
    'a.b=*+?^$ a.b=1+++ aa=11',
    '-_/"\'# !=@%&,;<>~',
    'a{={,2} a{x}=1{2 a{01}=1}',
    'a#b c=1 {{(2)}} w(3) w{4} w{{5}}',
  ],
  ...[
    'abab=1212 aab=1 ababba=3 aaa=11 =1',
    'abc= abcd= ab= acbcd=',
    'a\u0007\f\t\u000b\r=1',
    'a|b=1~ &=~ |=- \\a=$(.)',
    'x\ty\u00a0=\u2003z',
  ],
  ...[
    'bbbb=1',
    '\ud7ff=1 \ue000=2',
    'a=1xyxxy',
    'a=1yy',
    `${'1'.repeat(500)}=1`,
    `${'a'.repeat(1001)}=1 b=1`,
  ],
];

function differences(sources: readonly string[], linesOf: (index: number) => readonly string[]): unknown[] {
  const cases = sources.map((source, index) => {
    const translated = translateFilter(source);
    return { source, portable: 'portable' in translated ? translated.portable : '', lines: linesOf(index) };
  });
  const python = findWithPython(cases);
  return cases.flatMap(({ source, portable, lines }, c) => {
    const filter = compileExpression(source);
    return lines.flatMap((line, l) => {
      const [re2, javascript] = [findWithRe2(filter, line), findWithJavaScript(portable, line)];
      const same = [javascript, python[c]![l]!].every(
        (matches) => describeMatches(matches) === describeMatches(re2),
      );
      return same ? [] : [{ source, portable, line, re2, javascript, python: python[c]![l]! }];
    });
  });
}

function describeMatches(matches: readonly Match[]): string {
  return JSON.stringify(matches);
}

describe('RE2, JavaScript and Python find the same matches', () => {
  test('of written filters, all of which are translated', () => {
    expect(writtenFilters.length).toBeGreaterThanOrEqual(150);
    expect(writtenFilters.filter((source) => !('portable' in translateFilter(source)))).toEqual([]);
    const random = fc.sample(generateLines(wide), { numRuns: 40, seed });
    expect(differences(writtenFilters, () => [...metricLines, ...random])).toEqual([]);
  });

  test.each([
    ['many', wide],
    ['few', narrow],
  ])('of generated filters of %s characters, where they are translated', (_, alphabet) => {
    const valid = fc.sample(generateFilters(alphabet), { numRuns: 1000, seed }).filter(isValid);
    const translated = valid.filter((source) => 'portable' in translateFilter(source));
    expect(translated.length).toBeGreaterThan(500);
    const lines = fc.sample(generateLines(alphabet), { numRuns: 400, seed });
    expect(differences(translated, (index) => lines.slice((index * 7) % 380).slice(0, 20))).toEqual([]);
  });
});

function isValid(source: string): boolean {
  try {
    RE2JS.compile(source);
    return true;
  } catch {
    return false;
  }
}
