import {
  brokenDocument,
  emptyDocument,
  findUnsuppressed,
  type Language,
  once,
  type ParseOptions,
  type SyntaxDocument,
} from '@katib-push/core';
import { parse } from 'unbash';
import { findStatements } from './find-statements.ts';
import { collectSuppressions } from './suppressions.ts';

/** The commands whose text reaches the output. A text without any of them needs no walk. */
const sinks = /\b(?:echo|printf|cat|tee)\b/;

/**
 * A shell text as a document. Its statements are the commands that write text of the shell itself. There is no client,
 * so nothing is ever inserted.
 */
export function parseShell(text: string, options: ParseOptions, language: Language): SyntaxDocument {
  const isSilent = !sinks.test(text);
  const script = once(() => parse(text));
  const again = (after: string): SyntaxDocument => parseShell(after, { ...options, opaque: [] }, language);
  const [error] = isSilent ? [] : (script().errors ?? []);
  if (error) {
    const range = { from: error.pos, to: Math.min(error.pos + 1, text.length) };
    return brokenDocument(text, { code: 'syntax-error', message: error.message, range }, again);
  }
  return {
    ...emptyDocument(text, 'there is no push client for shell', again),
    ...findUnsuppressed(() => collectSuppressions(text, script), {
      statements: (suppressions) => (isSilent ? [] : findStatements(text, options, language, suppressions)),
    }),
    runsOthers: () => false,
  };
}
