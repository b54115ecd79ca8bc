import type { OutputStatement, Range, SyntaxDocument, SyntaxProblem } from '@katib-push/core';
import { splice } from '@katib-push/core';

/**
 * Parses a text. Never throws on user code: what is wrong with it is in `problem`.
 *
 * @param opaque ranges that are known only at run time; what a template takes from them is a hole
 */
export function parseScript(text: string, opaque: readonly Range[]): SyntaxDocument {
  const problem = findProblem(text);
  return {
    text,
    ...(problem ? { problem } : {}),
    statements: () => (problem ? [] : findStatements(text, opaque)),
    // Files that the text loads, relative to its own folder.
    modules: () => [],
    // Where it calls Katib's report_metrics by itself.
    reportsItself: () => undefined,
    // Output that isn't the language's own: other processes, descriptors.
    unreadable: () => [],
    // Comments `katib-push: ignore <reason>` that no statement uses.
    unusedSuppressions: () => [],
    freeName: () => '_katib_push',
    // With a push client: the insertions that hand the callee to it, and the line that binds its name.
    wrap: () => [],
    prelude: () => ({ impossible: 'there is no push client for r' }),
    edit(edits) {
      const after = splice(text, edits);
      return { document: parseScript(after, []), changed: [{ from: 0, to: after.length }] };
    },
    // Frees what the parser holds; may be called twice.
    dispose() {},
  };
}

/** Why the text must be left alone: a syntax error, bytes that aren't text. `undefined` if it parses. */
function findProblem(_text: string): SyntaxProblem | undefined {
  return undefined;
}

/**
 * The statements that write output, in source order, each with its sink and a template: literals, and holes for what is
 * known only at run time.
 *
 *     print("loss=" .. loss)     { sink: 'print', template: { parts: [literal 'loss=', hole 'loss', literal '\n'] } }
 */
function findStatements(_text: string, _opaque: readonly Range[]): readonly OutputStatement[] {
  return [];
}
