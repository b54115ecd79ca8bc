import { describe, expect, it } from 'vitest';
import {
  type Edit,
  type EditedDocument,
  type Language,
  type OutputStatement,
  outermostLayer,
  type Program,
  type SyntaxDocument,
  type TextProgram,
  type Unwrap,
} from '../src/index.ts';
import type { ScriptPlan } from '../src/plan/plan-script.ts';
import { applyProven, findMisread } from '../src/verify/apply-proven.ts';
import { verifyScript } from '../src/verify/verify-script.ts';

// The proof of the rewrite is given rewrites that are wrong, one way each, and has to refuse each for its own reason. A
// check that nothing here reaches alone would prove nothing.

//                    0         1
//                    0123456789012345678
const before = 'say(x); say(y=1)\n';
const after = 'W(say)(x); say(y=1)\n';

/** Wraps the first `say`. */
const edits: readonly Edit[] = [
  { from: 0, to: 0, insert: 'W(', reason: 'wraps say at line 1' },
  { from: 3, to: 3, insert: ')', reason: 'wraps say at line 1' },
];

const first: OutputStatement = {
  from: 0,
  to: 6,
  callee: { from: 0, to: 3 },
  use: 'call',
  sink: 'say',
  kind: 'print',
  wrapped: false,
  template: () => ({ parts: [{ kind: 'hole', from: 4, to: 5, source: 'x' }] }),
} as unknown as OutputStatement;
const second: OutputStatement = {
  ...first,
  from: 8,
  to: 16,
  callee: { from: 8, to: 11 },
  template: () => ({ parts: [{ kind: 'literal', text: 'y=1' }] }),
} as unknown as OutputStatement;

/** The statements as the rewritten text has them. */
const wrapped: OutputStatement = { ...first, to: 9, wrapped: true };
const moved: OutputStatement = { ...second, from: 11, to: 19 };

interface Outcome {
  readonly text?: string;
  readonly problem?: SyntaxDocument['problem'];
  readonly statements?: readonly OutputStatement[];
  readonly changed?: EditedDocument['changed'];
  readonly unproven?: string;
}

/** A plan whose document, once edited, is what a test says. */
function planWith(outcome: Outcome, plan: Partial<ScriptPlan> = {}): ScriptPlan & { disposed: () => number } {
  let disposed = 0;
  const document = {
    text: outcome.text ?? after,
    statements: () => outcome.statements ?? [wrapped, moved],
    dispose: () => disposed++,
    ...(outcome.problem ? { problem: outcome.problem } : {}),
  } as unknown as SyntaxDocument;
  const edited: EditedDocument = {
    document,
    changed: outcome.changed ?? [{ from: 0, to: 6 }],
    ...(outcome.unproven ? { unproven: outcome.unproven } : {}),
  };
  return {
    document: { text: before, edit: () => edited } as unknown as SyntaxDocument,
    edits,
    after,
    statements: [
      { statement: first, rewritten: true },
      { statement: second, rewritten: false },
    ],
    ...plan,
    disposed: () => disposed,
  } as unknown as ScriptPlan & { disposed: () => number };
}

const notTheSame = (at: number) => `the statement at ${at} would not be the same after the rewrite`;
const hole = (type?: string) => ({ kind: 'hole', from: 4, to: 5, source: 'x', ...(type ? { type } : {}) });
const withParts = (statement: OutputStatement, parts: unknown): OutputStatement =>
  ({ ...statement, template: () => ({ parts }) }) as unknown as OutputStatement;
/** Without `wrapped`, so that its template counts. */
const unwrapped = (parts: unknown, now: unknown): [Outcome, Partial<ScriptPlan>] => [
  { statements: [wrapped, withParts(moved, now)] },
  {
    statements: [
      { statement: first, rewritten: true },
      { statement: withParts(second, parts), rewritten: false },
    ] as unknown as ScriptPlan['statements'],
  },
];

describe('a script', () => {
  it('whose rewrite is what was planned is proven', () => {
    const plan = planWith({});
    expect(verifyScript(plan)).toBeUndefined();
    expect(plan.disposed()).toBe(1);
  });

  const refused: readonly [string, string, Outcome, Partial<ScriptPlan>?][] = [
    [
      'that does not parse any more',
      'the rewritten script would not parse: no',
      { problem: { code: 'syntax-error', message: 'no', range: { from: 0, to: 1 } } },
    ],
    [
      'whose text is another one',
      'the rewritten script would not be the old one with the edits spliced in',
      { text: `${after} ` },
    ],
    ['whose language can not say what changed', 'the parser gave up', { unproven: 'the parser gave up' }],
    [
      'whose tree changes in front of an edit',
      'the rewrite would change the meaning of text at 12 that it does not touch',
      { changed: [{ from: 12, to: 14 }] },
    ],
    [
      'whose tree changes behind an edit, too',
      'the rewrite would change the meaning of text at 7 that it does not touch',
      {
        changed: [
          { from: 0, to: 6 },
          { from: 7, to: 8 },
        ],
      },
    ],
    [
      'with a statement less',
      'the rewritten script would have 1 output statements instead of 2',
      { statements: [wrapped] },
    ],
    [
      'with a statement more',
      'the rewritten script would have 3 output statements instead of 2',
      { statements: [wrapped, moved, moved] },
    ],
    ['whose statement begins earlier', notTheSame(8), { statements: [wrapped, { ...moved, from: 7 }] }],
    ['whose statement ends elsewhere', notTheSame(8), { statements: [wrapped, { ...moved, to: 18 }] }],
    ['whose wrapped statement ends elsewhere', notTheSame(0), { statements: [{ ...wrapped, to: 8 }, moved] }],
    ['whose sink is another', notTheSame(8), { statements: [wrapped, { ...moved, sink: 'shout' }] }],
    ['whose call is a value', notTheSame(8), { statements: [wrapped, { ...moved, use: 'value' }] }],
    [
      'whose statement must not be rewritten',
      notTheSame(8),
      { statements: [wrapped, { ...moved, never: 'no' }] },
    ],
    [
      'whose statement is suppressed',
      notTheSame(8),
      { statements: [wrapped, { ...moved, suppressed: { reason: '', range: { from: 0, to: 1 } } }] },
    ],
    [
      'whose statement is not wrapped',
      notTheSame(0),
      { statements: [{ ...wrapped, wrapped: false }, moved] },
    ],
    [
      'of which another statement is wrapped',
      notTheSame(8),
      { statements: [wrapped, { ...moved, wrapped: true }] },
    ],
    [
      'whose wrapped statement lost its wrap',
      notTheSame(0),
      { statements: [{ ...wrapped, wrapped: false }, moved] },
      {
        statements: [
          { statement: { ...first, wrapped: true }, rewritten: false },
          { statement: second, rewritten: false },
        ] as unknown as ScriptPlan['statements'],
      },
    ],
    ...(
      [
        [
          'whose text says something else',
          [{ kind: 'literal', text: 'y=1' }],
          [{ kind: 'literal', text: 'y=2' }],
        ],
        ['whose text is a hole', [{ kind: 'literal', text: 'y=1' }], [hole()]],
        ['whose hole is a text', [hole()], [{ kind: 'literal', text: 'y=1' }]],
        ['whose hole has another type', [hole('number')], [hole('text')]],
        ['whose text has a part more', [hole()], [hole(), hole()]],
        ['whose text has a part less', [hole(), hole()], [hole()]],
      ] as const
    ).map(([name, parts, now]): [string, string, Outcome, Partial<ScriptPlan>] => [
      name,
      notTheSame(8),
      ...unwrapped(parts, now),
    ]),
    [
      'of whose text nothing is known any more',
      notTheSame(8),
      { statements: [wrapped, { ...moved, template: undefined } as unknown as OutputStatement] },
    ],
  ];

  it.each(refused)('%s is refused: %s', (_, reason, outcome, plan) => {
    const wrong = planWith(outcome, plan);
    expect(verifyScript(wrong)).toBe(reason);
    expect(wrong.disposed()).toBe(1);
  });

  it('may change between two edits of one purpose, and not between those of two', () => {
    const changed = [{ from: 3, to: 5 }];
    expect(verifyScript(planWith({ changed }))).toBeUndefined();
    const apart = edits.map((edit, index) => ({ ...edit, reason: `purpose ${index}` }));
    expect(verifyScript(planWith({ changed }, { edits: apart }))).toMatch(/meaning of text at 3/);
  });

  it('may have another text within what is wrapped: that is not planned again', () => {
    expect(
      verifyScript(planWith({ statements: [withParts(wrapped, [hole(), hole()]), moved] })),
    ).toBeUndefined();
  });
});

describe('what a container runs', () => {
  const language = (name: string, more: Partial<Language> = {}) => ({ name, ...more }) as Language;
  const python = language('python');
  const shell = language('shell', { host: {} as NonNullable<Language['host']> });
  const program = (text: string, more: Partial<TextProgram> = {}, readOnly?: string): TextProgram => ({
    kind: 'text',
    language: python,
    layer: { ...outermostLayer(text, 'arg 0', '/args/0'), ...(readOnly ? { readOnly } : {}) },
    name: 'train.py',
    role: 'main',
    dropsEnvironment: false,
    output: { stdout: 'container', stderr: 'container' },
    ...more,
  });
  const one = program('a');
  const other = program('b', { name: 'other.py' });
  const host = program('python train.py', { language: shell, name: 'sh -c' });
  const plans = [{ program: one, after: 'A' } as unknown as ScriptPlan];
  const strings = new Map([['/args/0', 'A']]);
  const misread = (now: readonly Program[], all: readonly TextProgram[] = [host, one, other]) =>
    findMisread(() => now, all, strings, plans);
  const reason = 'what the container would run is not the text that was planned';

  it('is what was planned, and all else as it was; a host may hold the edits', () => {
    expect(
      misread([program('python train.py # edited', { language: shell, name: 'sh -c' }), program('A'), other]),
    ).toBe(undefined);
  });

  it('is not looked at where nothing changed', () => {
    const fail = () => {
      throw new Error('unwrapped in vain');
    };
    expect(findMisread(fail, [one], new Map(), plans)).toBeUndefined();
  });

  it.each<[string, readonly Program[]]>([
    ['a program less', [host, program('A')]],
    ['a program more', [host, program('A'), other, other]],
    ['another text than planned', [host, program('AA'), other]],
    ['the old text', [host, one, other]],
    ['another text where none was planned', [host, program('A'), program('B', { name: 'other.py' })]],
    ['another language', [host, program('A', { language: language('r') }), other]],
    ['another name', [host, program('A', { name: 'trial.py' }), other]],
    ['another role', [host, program('A', { role: 'module' }), other]],
    ['another order', [host, other, program('A')]],
  ])('%s is refused', (_, now) => {
    expect(misread(now)).toEqual({ code: 'verification-failed', reason });
  });

  it('a text that is a part of one that can not be edited is refused, and said to be', () => {
    const shared = program('b', { name: 'other.py' }, 'it is read from a variable');
    const now = [host, program('A'), program('B', { name: 'other.py' })];
    expect(misread(now, [host, one, shared])).toEqual({
      code: 'read-only',
      reason: 'its text is a part of other.py, too, where it is read from a variable',
    });
  });

  it('but not where its own edits are lost there', () => {
    const locked = program('a', {}, 'it is read from a variable');
    const wrong = [{ program: locked, after: 'A' } as unknown as ScriptPlan];
    expect(findMisread(() => [program('AA')], [locked], strings, wrong)).toEqual({
      code: 'verification-failed',
      reason,
    });
  });

  it('looks past what can not be followed', () => {
    const unknown = { kind: 'unknown' } as unknown as Program;
    expect(misread([unknown, host, program('A'), unknown, other])).toBeUndefined();
  });

  it('is rewritten as far as plans stand on their own, where one defeats the rest', () => {
    const place = (text: string, at: number): TextProgram => ({
      ...program(text),
      layer: outermostLayer(text, `arg ${at}`, `/args/${at}`),
      name: `${at}.py`,
    });
    const programs = [place(before, 0), place(before, 1)];
    const planned = programs.map((one) => ({ ...planWith({}), program: one, name: one.name }));
    // the second comes out otherwise than planned, whenever it is edited
    const unwrap: Unwrap = (strings) =>
      programs.map((one, at) => {
        const now = strings.get(`/args/${at}`);
        return now === undefined ? one : place(at === 1 ? `${now}!` : now, at);
      });
    const proven = applyProven(planned, programs, unwrap);
    expect([...proven.strings]).toEqual([['/args/0', after]]);
    expect(proven.plans).toEqual([planned[0]]);
    expect(proven.refused).toEqual([{ script: '1.py', code: 'verification-failed', reason }]);
  });
});
