import {
  type Language,
  type ParseOptions,
  type SyntaxDocument,
  type SyntaxProblem,
  withoutEdits,
} from '@katib-push/core';
import { type ParsedScript, parse } from 'unbash';
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
  let parsed: ParsedScript | undefined;
  const script = (): ParsedScript => {
    parsed ??= parse(text);
    return parsed;
  };
  const [error] = isSilent ? [] : (script().errors ?? []);
  const problem: SyntaxProblem | undefined = error && {
    code: 'syntax-error',
    message: error.message,
    range: { from: error.pos, to: Math.min(error.pos + 1, text.length) },
  };
  const statements: SyntaxDocument['statements'] = () => {
    if (problem || isSilent) return [];
    return findStatements(text, options, language, collectSuppressions(text, script));
  };
  return {
    text,
    ...(problem ? { problem } : {}),
    statements,
    modules: () => [],
    reportsItself: () => undefined,
    unreadable: () => [],
    // what its commands run are programs of their own
    runsOthers: () => false,
    unusedSuppressions() {
      if (problem || !text.includes('katib-push:')) return [];
      const suppressions = collectSuppressions(text, script);
      if (!isSilent) findStatements(text, options, language, suppressions);
      return suppressions.unused();
    },
    ...withoutEdits(text, 'there is no push client for shell', (after) =>
      parseShell(after, { ...options, opaque: [] }, language),
    ),
    dispose() {},
  };
}
