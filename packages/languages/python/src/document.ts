import { type OutputStatement, once, type Range, type SyntaxDocument } from '@katib-push/core';
import type { Parser, Tree } from 'web-tree-sitter';
import { editTree, splice } from './edits/edit-tree.ts';
import { chooseName } from './edits/free-name.ts';
import { placePrelude } from './edits/prelude.ts';
import { isSplatOfPrint } from './edits/splat-of-print.ts';
import { wrapCallee } from './edits/wrap.ts';
import { findModules } from './facts/modules.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { findProblem } from './problems/find-problem.ts';
import { detectStatements } from './statements/detect.ts';
import { createScript } from './syntax/script.ts';
import { Syntax } from './syntax/syntax.ts';

/**
 * Parses a text. Never throws on user code.
 *
 * @param old the tree of the text before an edit, edited itself: what the edit didn't touch is taken from it
 */
export function parseScript(
  parser: Parser,
  text: string,
  opaque: readonly Range[],
  old?: Tree,
): SyntaxDocument & { readonly tree: Tree } {
  const tree = parser.parse(text, old);
  if (!tree) throw new Error('the Python parser has no language: create it with loadParser()');
  let disposed = false;
  const script = createScript(text, tree, opaque, () => disposed);
  const problem = findProblem(script, old !== undefined);
  const detected = once(() => (problem ? { statements: [], unused: [] } : detectStatements(script)));
  return {
    text,
    tree,
    ...(problem ? { problem } : {}),
    statements: () => detected().statements,
    unusedSuppressions: () => detected().unused,
    modules: once(() => findModules(script)),
    reportsItself: once(() => findOwnReport(script)),
    unreadable: once(() => (problem ? [] : findUnreadable(script))),
    freeName: once(() => chooseName(text)),
    wrap: (statement: OutputStatement, clientName) => wrapCallee(script, statement, clientName),
    prelude: (options) => placePrelude(script, options),
    edit(edits) {
      const edited = tree.copy();
      try {
        editTree(edited, script.lines(), edits);
        const next = splice(text, edits, opaque);
        const document = parseScript(parser, next.text, next.opaque, edited);
        const changed = edited
          .getChangedRanges(document.tree)
          .map((range) => ({ from: range.startIndex, to: range.endIndex }))
          .filter((range) => !isSplatOfPrint(script, Syntax.root(document.tree.rootNode), range, edits));
        return { document, changed };
      } finally {
        edited.delete();
      }
    },
    dispose() {
      if (!disposed) tree.delete();
      disposed = true;
    },
  };
}
