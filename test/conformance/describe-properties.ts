import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check-document.ts';
import { checkNested, checkRangeMap } from './check-nested.ts';
import { checkRewrite } from './check-rewrite.ts';
import { expectNone } from './expect-none.ts';
import { measureGrowth } from './flat-memory.ts';
import { hostileTexts } from './hostile-texts.ts';
import { hosts } from './hosts.ts';
import type { Subject } from './language-tests.ts';
import type { LanguageCase } from './read-cases.ts';
import type { Wanted } from './rewrite-text.ts';
import { notHere, runInline, runText } from './run-text.ts';

/** The same programs every time; `SEED=<number>` tries others. */
const seed = Number(process.env.SEED ?? 1);
const wanted: Wanted = { metrics: ['loss', 'accuracy'], filters: [], coverage: 'likely' };
/** Programs that are run: two starts of the interpreter each. */
const RUNS = 4;
const MEGABYTE = 1 << 20;

/** Texts that an expression has to give as they are. */
const TEXTS = [
  '',
  `'"\`$\\`,
  "it's $HOME, \\n, %s and $(date)",
  ' a\tb ',
  'é😀\u2028',
  '{"a":["\\"",null]}',
  '*/ # ?> --',
];

/** What holds of any text, and of generated programs. */
export function describeProperties(subject: Subject, cases: readonly LanguageCase[]): void {
  const { language, tests } = subject;
  const texts = cases.map(({ text }) => text);
  if (texts.length === 0) return;
  const programs = tests.programs ?? fc.constantFrom(...texts);
  const hostsHere = hosts.filter(({ name }) => tests.exempt?.[name] === undefined);

  it('takes any text, and reports what it can not read', () => {
    fc.assert(
      fc.property(hostileTexts(texts), (text) => {
        expectNone(checkDocument(language, text));
        expectNone(checkRewrite(language, text, wanted));
      }),
      { seed, numRuns: 80 },
    );
  });

  it('reads and rewrites generated programs by the rules, in any host', () => {
    fc.assert(
      fc.property(programs, fc.constantFrom(...hostsHere), (text, host) => {
        expectNone(checkDocument(language, text));
        expectNone(checkRewrite(language, text, wanted));
        expectNone(checkNested(text, host, subject, wanted) ?? []);
      }),
      { seed, numRuns: 40 },
    );
  });

  const { programs: generated } = tests;
  if (generated)
    it('gives programs that push what the collector reads', async ({ skip }) => {
      let ran = 0;
      await fc.assert(
        fc.asyncProperty(generated, async (text) => {
          const shown = await runText(subject, text, wanted);
          if (shown) ran++;
          expectNone(shown?.faults ?? []);
        }),
        { seed, numRuns: RUNS, endOnFailure: true },
      );
      if (ran === 0) skip(notHere(subject));
    });

  const { literal } = language;
  if (literal)
    it('writes any text as an expression', async ({ skip }) => {
      const { prints } = tests;
      if (!prints) throw new Error('prints: absent; say how a program writes the value of an expression');
      for (const text of TEXTS) {
        const program = prints(literal(text));
        expectNone(checkDocument(language, program));
        const ran = await runInline(subject)(program);
        if (!ran) return skip(notHere(subject));
        expect(ran.stdout, program).toBe(text);
      }
    });

  describe('a place in a host', () => {
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
    const inserts = fc.oneof(
      fc.constantFrom('_katib_push(', ')', "'", '"', '\\', '$', '$$', '$x', '`', '%', '!', '; ', '\t', 'é😀'),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
    );

    it.each(hosts)('in $name is found again after an insertion', (host) => {
      let tried = 0;
      let refused = 0;
      fc.assert(
        fc.property(fc.constantFrom(...texts), inserts, places, (text, insert, at) => {
          const result = checkRangeMap(text, host, insert, at);
          expectNone(result.faults);
          tried++;
          if (result.refused) refused++;
        }),
        { seed, numRuns: 25 },
      );
      expect(refused * 2, 'most insertions are refused').toBeLessThan(tried);
    });
  });

  it('frees what it parses', () => {
    const longest = texts.reduce((a, b) => (b.length > a.length ? b : a));
    expect(measureGrowth(language, longest) / MEGABYTE, 'MB').toBeLessThan(16);
  });
}
