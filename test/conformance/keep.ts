import { compareFile, compareFiles } from '../case-folder.ts';
import type { LanguageCase } from './read-cases.ts';
import type { RewrittenText } from './rewrite-text.ts';

/** Compares what comes out of a case with what is kept beside it, the list of files included. */
export function compareKept(one: LanguageCase, result: RewrittenText): void {
  const expected = one.input.replace(/^input/, 'expected');
  const changed = result.after !== one.text;
  if (changed) compareFile(one.folder, expected, result.after);
  compareFile(one.folder, 'report.json', describeReport(result));
  compareFiles(one, ['case.json', one.input, 'report.json', ...(changed ? [expected] : [])]);
}

/** What is kept of a report: no positions, which the line and the text give away, and no texts. */
function describeReport({ script, rewritten: { report } }: RewrittenText): string {
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
