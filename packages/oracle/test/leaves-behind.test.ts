import { expect, it } from 'vitest';
import { leavesBehind } from '../src/index.ts';

type Report = Parameters<typeof leavesBehind>[0];

/** A report with one statement, and perhaps a diagnostic. */
function report(
  verdict: string,
  rewritten: boolean,
  more: { metrics?: readonly unknown[]; code?: string } = {},
): Report {
  const statement = { verdict, rewritten, metrics: more.metrics ?? [] };
  const diagnostics = more.code === undefined ? [] : [{ code: more.code }];
  return { scripts: [{ statements: [statement] }], diagnostics } as unknown as Report;
}

it.each([
  ['a rewritten metric', report('metric', true), false],
  ['a constant', report('never', false), false],
  ['an unlikely statement', report('unlikely', false), false],
  ['a metric that stayed', report('metric', false), true],
  ['a dynamic statement that stayed', report('dynamic', false), true],
  ['a suppressed statement', report('suppressed', false), true],
  ['compiled code that writes a metric', report('never', false, { metrics: [{ name: 'loss' }] }), true],
  ['a program that is not followed', report('metric', true, { code: 'unknown-command' }), true],
  ['a remark', report('metric', true, { code: 'line-numbers-moved' }), false],
])('%s: %s', (_, given, expected) => {
  expect(leavesBehind(given)).toBe(expected);
});
