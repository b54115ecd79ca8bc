import {
  brokenDocument,
  findUnsuppressed,
  once,
  type Range,
  type SyntaxDocument,
  withoutEdits,
} from '@katib-push/core';
import type { Parser } from 'web-tree-sitter';
import { findModules } from './facts/modules.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { findProblem } from './problem.ts';
import { createScript } from './script.ts';
import { detectStatements } from './statements/detect.ts';
import { collectSuppressions } from './statements/suppressions.ts';

/** Parses a text. Never throws on user code. There is no client, so nothing is ever inserted. */
export function parseScript(parser: Parser, text: string, opaque: readonly Range[]): SyntaxDocument {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the R parser has no language: create it with loadParser()');
  const parse = (after: string): SyntaxDocument => parseScript(parser, after, []);
  const script = createScript(text, tree, opaque);
  const problem = findProblem(script);
  if (problem) {
    tree.delete();
    return brokenDocument(text, problem, parse);
  }
  let disposed = false;
  return {
    text,
    ...findUnsuppressed(() => collectSuppressions(script), {
      statements: (suppressions) => detectStatements(script, suppressions),
      unreadable: () => findUnreadable(script),
    }),
    modules: once(() => findModules(script)),
    reportsItself: once(() => findOwnReport(script)),
    ...withoutEdits(text, 'there is no push client for R', parse),
    dispose() {
      if (!disposed) tree.delete();
      disposed = true;
    },
  };
}
