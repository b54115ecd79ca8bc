import {
  type CommentSyntax,
  chooseClientName,
  findUnsuppressed,
  gatherSuppressions,
  mapPositions,
  moveRanges,
  nothingFound,
  type OutputStatement,
  once,
  type Range,
  type SyntaxDocument,
  sortEdits,
  splice,
} from '@katib-push/core';
import type { Tree } from 'web-tree-sitter';
import { editTree } from './edits/edit-tree.ts';
import { placePrelude } from './edits/prelude.ts';
import { isSplatOfPrint } from './edits/splat-of-print.ts';
import { wrapCallee } from './edits/wrap.ts';
import { findEscapes } from './facts/escapes.ts';
import { findModules } from './facts/modules.ts';
import { findNearMisses } from './facts/near-misses.ts';
import { findOwnReport } from './facts/own-report.ts';
import { ASIDES, loadsTalkativeModules } from './facts/quiet-modules.ts';
import { findUnreadable } from './facts/unreadable.ts';
import type { Grammar } from './grammar.ts';
import { findProblem, findUngrammatical } from './problems/find-problem.ts';
import { detectStatements } from './statements/detect.ts';
import { blankComments, blankedAt, type Source } from './syntax/blank-comments.ts';
import { clientNamesIn, preludeStart } from './syntax/own-prelude.ts';
import { createScript, type Script } from './syntax/script.ts';
import { Syntax } from './syntax/syntax.ts';

export const comments: CommentSyntax = { line: '#' };

/**
 * Parses a text. Never throws on user code.
 *
 * @param before of the text before an edit: its tree, edited itself, from which is taken what the edit didn't touch; what
 *   the parser was given, edited, too; and what is known of it
 * @param isMain whether it is the program itself, not one of its modules
 */
export function parseScript(
  grammar: Grammar,
  text: string,
  opaque: readonly Range[],
  before?: { readonly tree: Tree; readonly source: Source; readonly script: Script },
  isMain = before?.script.isMain ?? false,
): SyntaxDocument & { readonly tree: Tree } {
  const source = before?.source ?? blankComments(text);
  const tree = grammar.parser.parse(source.text, before?.tree);
  if (!tree) throw new Error('the Python parser has no language: create it with loadGrammar()');
  let disposed = false;
  const script = createScript(text, tree, {
    opaque,
    isMain,
    blanked: source.comments,
    isDisposed: () => disposed,
    ...(before ? { before: before.script } : {}),
  });
  // insertions within lines can only break what parses
  const problem = before ? findUngrammatical(script) : findProblem(script, source.text, grammar.refuse);
  const found = problem
    ? nothingFound
    : findUnsuppressed(() => gatherSuppressions(text, script.lines, comments, script.commentAt), {
        statements: (suppressions) => detectStatements(script, suppressions),
        unreadable: () => findUnreadable(script),
        escapes: () => (clientNamesIn(script).size > 0 ? [] : findEscapes(script)),
        nearMisses: () => findNearMisses(script),
      });
  return {
    text,
    tree,
    ...(problem ? { problem } : {}),
    ...found,
    modules: once(() => findModules(script)),
    reportsItself: once(() => findOwnReport(script)),
    asides: ASIDES,
    runsOthers: once(() => loadsTalkativeModules(script)),
    freeName: once(() => chooseClientName(text, preludeStart)),
    wrap: (statement: OutputStatement, clientName) => wrapCallee(script, statement, clientName),
    prelude: (options) => placePrelude(script, options, found.statements()),
    edit(given) {
      const edits = sortEdits(given);
      const positions = mapPositions(edits);
      const after = splice(text, edits);
      const opaqueAfter = moveRanges(opaque, positions);
      if (edits.some(({ from }) => blankedAt(source.comments, from - 1))) {
        const document = parseScript(grammar, after, opaqueAfter, undefined, isMain);
        return { document, changed: [], unproven: 'an edit would lie in a comment' };
      }
      const edited = tree.copy();
      try {
        editTree(edited, script.lines(), edits);
        const document = parseScript(grammar, after, opaqueAfter, {
          tree: edited,
          source: {
            text: source.comments.length === 0 ? after : splice(source.text, edits),
            comments: moveRanges(source.comments, positions),
          },
          script,
        });
        const changed = edited
          .getChangedRanges(document.tree)
          .map((range) => ({ from: range.startIndex, to: range.endIndex }))
          .filter(
            (range) =>
              after[range.from] !== '*' ||
              !isSplatOfPrint(script, Syntax.root(document.tree.rootNode), range, edits, positions),
          );
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
