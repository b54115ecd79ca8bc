import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LanguageCase } from './read-cases.ts';
import type { RewrittenText } from './rewrite-text.ts';

const update = process.env.UPDATE === '1';

/** Compares what comes out of a case with what is kept beside it, the list of files included. `UPDATE=1` writes it. */
export function compareKept(one: LanguageCase, result: RewrittenText): void {
  const expected = one.input.replace(/^input/, 'expected');
  const changed = result.after !== one.text;
  if (changed) compareFile(one, expected, result.after);
  compareFile(one, 'report.json', describeReport(result));
  const wanted = ['case.json', one.input, 'report.json', ...(changed ? [expected] : [])].sort();
  if (!update) expect(one.files, `the files of ${one.folder}`).toEqual(wanted);
}

function compareFile(one: LanguageCase, name: string, text: string): void {
  const path = join(one.folder, name);
  if (update) writeFileSync(path, text);
  if (!existsSync(path))
    throw new Error(`${path} is missing. This comes out; if it is right, write it with UPDATE=1:\n\n${text}`);
  expect(text, path).toBe(readFileSync(path, 'utf8'));
}

/** What is kept of a report: no positions, which the line and the text give away, and no texts. */
export function describeReport({ script, rewritten: { report } }: RewrittenText): string {
  const statements = script.statements.map(({ range: _, ...statement }) => statement);
  const metrics = report.metrics.map(({ name, covered, where, reason }) => ({
    name,
    covered,
    lines: where.map(({ line }) => line),
    reason,
  }));
  const diagnostics = report.diagnostics.map(({ code, severity, message, line }) => ({
    code,
    severity,
    message,
    ...(line ? { line } : {}),
  }));
  return `${JSON.stringify({ statements, metrics, diagnostics }, undefined, 2)}\n`;
}
