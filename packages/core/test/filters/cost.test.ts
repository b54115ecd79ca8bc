import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { joinGaps } from '../../src/match/filters/join-gaps.ts';
import { parseFilter } from '../../src/match/filters/parse-filter.ts';
import { translateFilter } from '../../src/match/filters/translate-filter.ts';
import { countSteps } from './count-steps.ts';
import { findWithJavaScript, findWithPython } from './find-matches.ts';
import { generateFilters, narrow } from './generate-filter.ts';
import { writtenFilters } from './written-filters.ts';

const raw = String.raw;
const seed = 20261121;

const exponential = [
  ...['(a+)+', '(a+)+b', '(?:a+)+=', '(?:a+){2,}=', '(?:a{1,9}){1,9}=', '(?:a+?)+?=', '(?:a{2,}b?)+='],
  ...['(?:a|a)+=', '(?:a|a)*=', '(?:a|ab|b)*=', '(?:a|ab)(?:ab|b|a|ba)*=', '(?:a|[ab])+=', '(?i)(?:a|A)+='],
  ...[
    raw`(?:\w+\s*)*=`,
    raw`(?:\w+\s?)+=`,
    raw`(?:\d+\.?)+%`,
    raw`(?:.*,)*=`,
    raw`(?:.+=?)+;`,
    raw`(?:x+x+)+y`,
    raw`(?:\b??\s[ab])+=`,
    '(?:(?:)?a)+=',
    raw`(?:(?:\b|)a)+=`,
  ],
  ...[raw`(\w+)=((?:\d+,?)+);`, raw`^(?:[a-z]+_?)+=(\d+)`, raw`(?:(?:ab)+|a|b)+=`, raw`(?:a(?:b|c)*b?)+=`],
];

const steep = [
  ...[
    raw`\d*\d*\d*=`,
    '.*.*.*=',
    raw`\d*\d*=`,
    '^.*.*.*=',
    raw`(\w+)\s*\w*\s*(\d+)`,
    raw`.*?(\w+)=(\S+)`,
    '(a+)a+=',
  ],
  ...[
    raw`(\S+)\s*(\S+)\s*=`,
    '(a|b)*(a|b)*=',
    raw`^(.*)=(.*),(.*);`,
    raw`a+b+a*b*=.*;`,
    raw`\w{2,9}\w{2,9}=`,
    raw`(?:=a+\s\w*)+b{2}\w*=`,
  ],
];

/** Cheap, and refused all the same: what a round reads is not decided by its next character. */
const undecided = ['(?:ab|ac)*=', raw`((?:(?:val_loss|val_acc);)+)=(\d+)`];

const names = Array.from(
  { length: 60 },
  (_, i) => `${i % 2 ? 'val_' : ''}${['loss', 'acc', 'f1'][i % 3]}_${i}`,
);

const allowed = [
  ...[raw`${'a'.repeat(300)}=(\d+)`, raw`(${names.join('|')})=(\d+)`],
  ...[raw`\d+=`, '.*=', '^.*.*=', raw`(\w+)\s*=\s*(\d+)`, raw`(\w+)\s*=?\s*(\d+)`, raw`(\w+)=(.*)`],
  ...['(?:a+b)+=', raw`(?:\w+\s+)+=`, raw`(?:[a-z]+_)*[a-z]+=(\d+)`, raw`(\w+)=(\d+)(?:, \w+=\d+)*`],
  ...[raw`^(.*)=(\d*)(.*)$`, raw`(\w+)=(\S+)\s*.*$`, raw`(\w+)=(.*).*`, raw`(\w+)=(\d*\d*\d*)`],
];

describe('what could hold up a trial is refused', () => {
  test.each(exponential)('%s, exponential', (source) => {
    const problem = expect.stringMatching(/^".+" may read the same text in exponentially many ways; /);
    expect(translateFilter(source)).toEqual({ problem, code: 'filter-not-portable' });
  });

  test.each(undecided)('%s, though it is not', (source) => {
    const problem = expect.stringMatching(
      / let the next character alone say how a round of the repetition goes on$/,
    );
    expect(translateFilter(source)).toEqual({ problem, code: 'filter-not-portable' });
    expectSquare(source);
  });

  test.each(steep)('%s, of a degree above 2', (source) => {
    const problem = expect.stringMatching(/^".+" and ".+" can share a text in too many ways; /);
    expect(translateFilter(source)).toEqual({ problem, code: 'filter-not-portable' });
  });

  test('and so is what is optional too often', () => {
    expect(translateFilter(`${'a?'.repeat(30)}=`)).toMatchObject({
      problem: expect.stringMatching(/^too many/),
    });
    expect(translateFilter(`${'(?:a|ab|b?)'.repeat(30)}=`)).toMatchObject({
      problem: expect.stringMatching(/^too many/),
    });
  });

  test('or is too large to be checked', () => {
    const problem = expect.stringMatching(/^the filter is too large/);
    expect(translateFilter(`${'a*b'.repeat(200)}=`)).toMatchObject({ problem });
  });
});

describe('what is allowed takes steps in proportion to the square of the length at most', () => {
  test.each(allowed)('%s', (source) => {
    expect(translateFilter(source)).toMatchObject({ portable: expect.anything() });
    expectSquare(source);
  });

  test('written filters', () => {
    for (const source of writtenFilters.filter((written) => !written.includes('00}'))) expectSquare(source);
  });

  test('generated filters, and both engines come to an end on lines of 2 000 characters', () => {
    const sources = fc.sample(generateFilters(narrow), { numRuns: 120, seed }).filter(isTranslated);
    expect(sources.length).toBeGreaterThan(60);
    for (const source of sources) expectSquare(source);
    const cases = sources.map((source) => {
      const translated = translateFilter(source);
      return {
        portable: 'portable' in translated ? translated.portable : '',
        lines: hostileLines(2000).filter((_, i) => i % 5 === 0),
      };
    });
    const python = findWithPython(cases);
    cases.forEach(({ portable, lines }, c) => {
      lines.forEach((line, l) => {
        expect(findWithJavaScript(portable, line)).toEqual(python[c]![l]);
      });
    });
  }, 600_000);

  test('a refused one takes more', () => {
    const line = `${'a'.repeat(40)}!`;
    expect(countSteps(parseFilter('(?:a|a)+='), line, 1e5)).toBeGreaterThan(1e5);
    expect(countSteps(parseFilter('a*a*a*='), 'a'.repeat(100), 1e6)).toBeGreaterThan(1e6);
  });
});

/** Twice the length, four times the steps; what the filter's own size adds is in the factor. */
function expectSquare(source: string): void {
  const filter = joinGaps(parseFilter(source));
  for (const length of [60, 120]) {
    const most = 16 * length ** 2;
    for (const line of hostileLines(length)) {
      const steps = countSteps(filter, line, most);
      expect({ source, line, tooMany: steps > most ? steps : 0 }).toEqual({ source, line, tooMany: 0 });
    }
  }
}

/** Lines that repeat one or two short texts and end in something that fits nothing. */
function hostileLines(length: number): string[] {
  const texts = ['a', 'b', '=', ' ', 'ab', 'a=', 'a ', 'ab ', 'b =', '1', '1.', 'a1_'];
  const single = texts.map((text) => fill(text, length));
  const pairs = texts
    .slice(0, 6)
    .flatMap((first) =>
      texts.slice(0, 6).map((second) => fill(first, length / 2) + fill(second, length / 2)),
    );
  return [...single, ...pairs].map((line) => `${line}\u0001`);
}

function fill(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function isTranslated(source: string): boolean {
  try {
    RE2JS.compile(source);
  } catch {
    return false;
  }
  return 'portable' in translateFilter(source);
}
