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

/** What is found in a text that must be left alone. */
export const nothingFound: Pick<SyntaxDocument, 'statements' | 'unusedSuppressions' | 'unreadable'> = {
  statements: () => [],
  unusedSuppressions: () => [],
  unreadable: () => [],
};

/** A document in which nothing is found, and nothing inserted; `impossible` and `parse` as of {@link withoutEdits}. */
export function emptyDocument(
  text: string,
  impossible: string,
  parse: (text: string) => SyntaxDocument,
): SyntaxDocument {
  return {
    text,
    ...nothingFound,
    modules: () => [],
    reportsItself: () => undefined,
    ...withoutEdits(text, impossible, parse),
    dispose() {},
  };
}

/** A text that can't be read. What an edit does to it can't be said. */
export function brokenDocument(
  text: string,
  problem: SyntaxProblem,
  parse: (text: string) => SyntaxDocument,
): SyntaxDocument {
  const document = emptyDocument(text, problem.message, parse);
  const edit: SyntaxDocument['edit'] = (edits) => ({
    ...document.edit(edits),
    changed: [],
    unproven: problem.message,
  });
  return { ...document, problem, edit };
}

/** What is wrong with a text that holds a NUL byte: a compiled or compressed file with a script's name. */
export function findBinary(text: string): SyntaxProblem | undefined {
  const at = text.indexOf('\0');
  if (at < 0) return undefined;
  const message = 'this is not text: it holds NUL bytes';
  return { code: 'binary', message, range: { from: at, to: at + 1 } };
}

/** The first line of what can't be read, for a message: not too long, empty if there is nothing to show. */
export function shownLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 40 ? `${line.slice(0, 39)}…` : line.trimEnd();
}
