import { once, type Range, type SyntaxDocument, withoutEdits } from '@katib-push/core';
import type { Parser } from 'web-tree-sitter';
import { findModules } from './facts/modules.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { findProblem } from './problem.ts';
import { createScript } from './script.ts';
import { detectStatements } from './statements/detect.ts';

/** Parses a text. Never throws on user code. There is no client, so nothing is ever inserted. */
export function parseScript(parser: Parser, text: string, opaque: readonly Range[]): SyntaxDocument {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the R parser has no language: create it with loadParser()');
  let disposed = false;
  const script = createScript(text, tree, opaque);
  const problem = findProblem(script);
  const detected = once(() => (problem ? { statements: [], unused: [] } : detectStatements(script)));
  return {
    text,
    ...(problem ? { problem } : {}),
    statements: () => detected().statements,
    unusedSuppressions: () => detected().unused,
    modules: once(() => (problem ? [] : findModules(script))),
    reportsItself: once(() => (problem ? undefined : findOwnReport(script))),
    unreadable: once(() => (problem ? [] : findUnreadable(script))),
    ...withoutEdits(text, 'there is no push client for R', (after) => parseScript(parser, after, [])),
    dispose() {
      if (!disposed) tree.delete();
      disposed = true;
    },
  };
}
