import type { Language, OutputStatement, SyntaxDocument } from '@katib-push/core';
import { createPython } from '@katib-push/python';
import { describe, expect, it, test } from 'vitest';
import { checkContract } from './check-contract.ts';
import { checkDocument } from './check-document.ts';
import { checkNested, checkRangeMap } from './check-nested.ts';
import { checkRewrite } from './check-rewrite.ts';
import { measureGrowth } from './flat-memory.ts';
import { hosts } from './hosts.ts';
import { describeSubject } from './language-tests.ts';
import type { Wanted } from './rewrite-text.ts';
import { runText } from './run-text.ts';

/** A language that passes, and what is wrong with others is what they do otherwise. */
const python: Language = await createPython();
const text = 'loss = 0.5\nprint(f"loss={loss}")\nprint("a", loss)\n';
const wanted: Wanted = { metrics: ['loss'], filters: [], coverage: 'likely' };
const subjectOf = (language: Language) => describeSubject(language, { fixtures: '', interpreter: 'python3' });

function withDocument(change: (document: SyntaxDocument) => Partial<SyntaxDocument>): Language {
  return {
    ...python,
    parse(given, options) {
      const document = python.parse(given, options);
      return { ...document, ...change(document) };
    },
  };
}

function withStatements(change: (statement: OutputStatement) => Partial<OutputStatement>): Language {
  return withDocument((document) => ({
    statements: () => document.statements().map((statement) => ({ ...statement, ...change(statement) })),
  }));
}

test('a sound language has no faults', () => {
  expect(checkContract(subjectOf(python))).toEqual([]);
  expect(checkDocument(python, text)).toEqual([]);
  expect(checkRewrite(python, text, wanted)).toEqual([]);
  for (const host of hosts) expect(checkNested(text, host, subjectOf(python), wanted)).toEqual([]);
});

describe('a language object that', () => {
  it.each<[string, Partial<Language>, RegExp]>([
    ['has a name in capitals', { name: 'Python' }, /name: "Python"/],
    ['knows no interpreter', { interpreters: [] }, /interpreters: none matches "python3"/],
    [
      'takes any command',
      { interpreters: [{ command: /python3/, flagsWithArgument: [] }] },
      /anchor it with \^ and \$/,
    ],
    ['has an ending without a dot', { extensions: ['py'] }, /extensions: "py"/],
    [
      'has a large client',
      { client: { environmentVariable: 'KATIB_PUSH_X', install: 'x', source: () => 'x'.repeat(50_000) } },
      /client: 50000 bytes/,
    ],
  ])('%s is found out', (_, change, message) => {
    expect(checkContract(subjectOf({ ...python, ...change })).join('\n')).toMatch(message);
  });
});

describe('a document that', () => {
  it.each<[string, Language, RegExp]>([
    [
      'throws',
      withDocument(() => ({
        statements: () => {
          throw new Error('unexpected node');
        },
      })),
      /it throws: unexpected node/,
    ],
    ['holds another text', withDocument(() => ({ text: '' })), /document\.text/],
    [
      'gives statements from last to first',
      withDocument((document) => ({ statements: () => document.statements().toReversed() })),
      /comes before/,
    ],
    ['has a callee elsewhere', withStatements(() => ({ callee: { from: 0, to: 1 } })), /the callee of print/],
    [
      'has an empty literal',
      withStatements(() => ({ template: () => ({ parts: [{ kind: 'literal', text: '' }] }) })),
      /an empty literal/,
    ],
    ['wraps nothing', withDocument(() => ({ wrap: () => [] })), /can't be wrapped/],
    [
      'replaces the callee',
      withDocument(() => ({
        wrap: ({ callee }) => [{ ...callee, insert: 'mine', reason: 'replaces' }],
      })),
      /is replaced, not wrapped/,
    ],
    ['takes a name that is there', withDocument(() => ({ freeName: () => 'loss' })), /loss is taken/],
    ['has an absolute module', withDocument(() => ({ modules: () => ['/opt/x.py'] })), /modules: "\/opt/],
  ])('%s is found out', (_, language, message) => {
    expect(checkDocument(language, text).join('\n')).toMatch(message);
  });
});

describe('a rewrite that', () => {
  it('does not come out as planned is found out', () => {
    const language = withDocument(() => ({
      edit: () => ({ document: python.parse(text, { opaque: [] }), changed: [] }),
    }));
    expect(checkRewrite(language, text, wanted).join('\n')).toMatch(/with the edits spliced in/);
  });

  it('comes out otherwise within a host is found out', () => {
    const language: Language = {
      ...python,
      parse: (given, options) => python.parse(given.includes('\t') ? '' : given, options),
    };
    const [argv] = hosts;
    if (!argv) throw new Error('there are hosts');
    const other: typeof argv = { ...argv, nest: (given, subject) => argv.nest(`\t${given}`, subject) };
    expect(checkNested(text, other, subjectOf(language), wanted)?.join('\n')).toMatch(/runs no text/);
  });
});

test('output that no statement is reported for is found out', async () => {
  const { client: _, ...silent } = withDocument(() => ({ statements: () => [] }));
  const subject = describeSubject(silent, {
    fixtures: '',
    run: async () => ({ stdout: 'loss=0.5\n', stderr: '', exitCode: 0 }),
  });
  const shown = await runText(subject, text, wanted);
  expect(shown?.faults).toEqual(['it writes loss, and no statement is reported that may write it']);
  expect(shown?.observed).toEqual({ loss: 1 });
});

test('trees that are not freed are found out', () => {
  const leaking = withDocument(() => ({ dispose() {} }));
  expect(measureGrowth(leaking, text) >> 20).toBeGreaterThan(16);
});

test('a host whose decoding is wrong is found out', () => {
  const wrong = { name: 'wrong', nest: (given: string) => ['katib-probe', '-c', given.toUpperCase()] };
  expect(checkRangeMap(text, wrong, 'x', [0]).faults.join('\n')).toMatch(/does not decode to the text/);
});
