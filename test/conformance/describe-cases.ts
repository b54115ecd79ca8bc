import type { SyntaxDocument, Verdict } from '@katib-push/core';
import { describe, expect, it } from 'vitest';
import { dresses, verdictsOf } from '../dresses.ts';
import { checkContract } from './check-contract.ts';
import { checkDocument } from './check-document.ts';
import { checkNested } from './check-nested.ts';
import { checkRewrite } from './check-rewrite.ts';
import { expectNone } from './expect-none.ts';
import { hosts } from './hosts.ts';
import { compareKept } from './keep.ts';
import type { Subject } from './language-tests.ts';
import type { LanguageCase } from './read-cases.ts';
import { rewriteText, scriptLayer } from './rewrite-text.ts';
import { notHere, runText } from './run-text.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  metric: 'a statement that writes a wanted metric, such as one that prints loss= and a number',
  dynamic: 'a statement whose name or text is known only at run time, such as one that prints a variable',
  unlikely: 'a statement that writes a variable, but no wanted name',
  never: 'a statement that writes constant text',
  suppressed: 'a statement under the comment `katib-push: ignore <reason>`',
};

/** What some text has to show of its document, with what to add where none does. */
const FACTS: Readonly<
  Record<string, readonly [shown: (document: SyntaxDocument) => boolean, example: string]>
> = {
  modules: [
    (document) => document.modules().length > 0,
    'a text that loads a file beside itself, and name it in modules()',
  ],
  unreadable: [
    (document) => document.unreadable().length > 0,
    'a text that writes past the streams of the language, as another process does, and name it in unreadable()',
  ],
  value: [
    (document) => document.statements().some(({ use }) => use === 'value'),
    'a text that passes on or stores what writes, and find it in statements() with the use `value`',
  ],
};

/** What holds of each case, and of all of them together. */
export function describeCases(subject: Subject, cases: readonly LanguageCase[]): void {
  const { language, tests } = subject;
  const exempt = (what: string): boolean => tests.exempt?.[what] !== undefined;
  const expectShown = (what: string, found: boolean, advice: string): void => {
    const reason = tests.exempt?.[what];
    const told = `${what} is exempt (${reason}), and a case shows it: take the exemption away`;
    expect(found, reason === undefined ? advice : told).toBe(reason === undefined);
  };

  it('is a language object as the contract says', () => {
    expectNone(checkContract(subject));
  });

  describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    it(`shows ${one.shows}`, () => {
      const { after, script } = rewriteText(language, one.text, one);
      const wanted = script.statements.some(({ verdict }) => verdict === 'metric' || verdict === 'dynamic');
      const done = language.client ? after !== one.text : wanted;
      const found = verdictsOf(script).join('\n') || 'no statement: write statements()';
      expect(done ? 'rewritten' : 'unchanged', `case.json expects "${one.expect}"; found is ${found}`).toBe(
        one.expect,
      );
    });

    it('comes out as it is kept', () => {
      compareKept(one, rewriteText(language, one.text, one));
    });

    it('is read and rewritten by the rules, and the second time not at all', () => {
      const layer = scriptLayer(one.text);
      expectNone(checkDocument(language, layer.text, layer.opaque));
      expectNone(checkRewrite(language, one.text, one));
    });

    it.each(dresses.filter(({ name }) => !exempt(name)))('comes out the same with $name', ({ dress }) => {
      const dressed = dress(one.text);
      if (dressed === undefined) return;
      const plain = rewriteText(language, one.text, one);
      const other = rewriteText(language, dressed, one);
      expect(verdictsOf(other.script)).toEqual(verdictsOf(plain.script));
      expect(other.after).toBe(plain.after === one.text ? dressed : dress(plain.after));
    });

    it.each(hosts.filter(({ name }) => !exempt(name)))('comes out the same in $name', (host) => {
      expectNone(checkNested(one.text, host, subject, one) ?? []);
    });

    if (one.runnable)
      it('runs, and what it pushes is what the collector reads', async ({ skip }) => {
        const shown = await runText(subject, one.text, one, one.name);
        if (!shown) return skip(notHere(subject));
        expectNone(shown.faults);
        expect(shown.observed, `"observed" of ${one.folder}/case.json`).toEqual(one.observed);
      });
  });

  describe('the cases', () => {
    const statements = cases.flatMap((one) => rewriteText(language, one.text, one).script.statements);

    it.each(Object.entries(VERDICTS))('show the verdict %s', (verdict, example) => {
      expectShown(
        verdict,
        statements.some((statement) => statement.verdict === verdict),
        `no case has a statement with the verdict ${verdict}: add ${example}; if there is one, statements() does not find it or knows too little of its text`,
      );
    });

    it.each(Object.entries(FACTS))('show %s', (fact, [shown, example]) => {
      const found = cases.some(({ text }) => {
        const document = language.parse(text, { opaque: [] });
        const is = shown(document);
        document.dispose();
        return is;
      });
      expectShown(fact, found, `no case shows ${fact}: add ${example}`);
    });

    it('show a name of a sink that the text makes its own', () => {
      const found = cases.some(
        ({ shadows, runnable, text }) => shadows !== undefined && runnable && text.includes(shadows),
      );
      expectShown(
        'shadowed',
        found,
        'no case shadows a sink: add a runnable text that defines what writes itself, such as a function print, with `"shadows": "print"`',
      );
    });

    it('are at least half no-ops', () => {
      const quiet = cases.filter((one) => one.expect === 'unchanged').length;
      expect(
        quiet * 2,
        `${quiet} of ${cases.length} cases are no-ops: add cases that must stay as they are`,
      ).toBeGreaterThanOrEqual(cases.length);
    });

    it('run, at least one of them that writes a metric', () => {
      const running = cases.filter((one) => one.runnable && Object.keys(one.observed).length > 0);
      expect(
        running.map(({ name }) => name),
        'no case is `"runnable": true` and observes a metric: the oracle has nothing to run',
      ).not.toEqual([]);
    });

    it('hold a value that Katib fills in', () => {
      const filled = cases.filter(({ text }) => /\$\{trialParameters\./.test(text));
      expect(
        filled.map(({ name }) => name),
        'no case holds ${trialParameters.…}: what is opaque to the parser is not tried',
      ).not.toEqual([]);
    });

    it('hold a text that does not parse', () => {
      const broken = cases.filter(({ text }) => {
        const document = language.parse(text, { opaque: [] });
        const { problem } = document;
        document.dispose();
        return problem !== undefined;
      });
      expect(
        broken.map(({ name }) => name),
        'no case has a syntax error, or document.problem is not set for it',
      ).not.toEqual([]);
    });
  });
}
