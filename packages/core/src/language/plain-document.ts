import { sortEdits, splice } from '../edits/edit.ts';
import type { SyntaxDocument, SyntaxProblem } from './language.ts';

/**
 * The part of a document that inserts text, where nothing is ever inserted: in a language without a push client, or in a
 * text that can't be read.
 *
 * @param impossible why nothing is inserted
 * @param parse parses the text after an edit, as far as one is made at all
 */
export function withoutEdits(
  text: string,
  impossible: string,
  parse: (text: string) => SyntaxDocument,
): Pick<SyntaxDocument, 'freeName' | 'wrap' | 'prelude' | 'edit'> {
  return {
    freeName: () => '_katib_push',
    wrap: () => [],
    prelude: () => ({ impossible }),
    edit(edits) {
      const document = parse(splice(text, sortEdits(edits)));
      return { document, changed: [{ from: 0, to: document.text.length }] };
    },
  };
}

/** A text that can't be read: nothing is found in it. */
export function brokenDocument(
  text: string,
  problem: SyntaxProblem,
  parse: (text: string) => SyntaxDocument,
): SyntaxDocument {
  return {
    ...withoutEdits(text, problem.message, parse),
    text,
    problem,
    statements: () => [],
    unusedSuppressions: () => [],
    modules: () => [],
    reportsItself: () => undefined,
    unreadable: () => [],
    edit: (edits) => ({
      document: parse(splice(text, sortEdits(edits))),
      changed: [],
      unproven: problem.message,
    }),
    dispose() {},
  };
}
