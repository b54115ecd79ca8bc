import {
  type Language,
  moveRanges,
  type ParseOptions,
  type SyntaxDocument,
  type SyntaxProblem,
  sortEdits,
  splice,
} from '@katib-push/core';
import { type ParsedScript, parse } from 'unbash';
import { clientName } from '../commands/client.ts';
import { placePrelude } from '../edits/place-prelude.ts';
import { findStatements } from './find-statements.ts';
import { isSameBeside } from './same-beside.ts';
import { collectSuppressions } from './suppressions.ts';

/** The commands whose text reaches the output. A text without any of them needs no walk. */
const sinks = /\b(?:echo|printf|cat|tee)\b/;

/** A shell text as a document. Its statements are the commands that write text of the shell itself. */
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
    unusedSuppressions() {
      if (problem || !text.includes('katib-push:')) return [];
      const suppressions = collectSuppressions(text, script);
      if (!isSilent) findStatements(text, options, language, suppressions);
      return suppressions.unused();
    },
    freeName: () => clientName,
    wrap: ({ callee: { from }, sink }) => [
      { from, to: from, insert: `${clientName} `, safety: 'safe', reason: `wraps ${sink} at ${from}` },
    ],
    prelude: (prelude) =>
      problem
        ? { impossible: problem.message }
        : placePrelude(text, script(), prelude, options.interpreter?.isRunning === true),
    edit(edits) {
      const sorted = sortEdits(edits);
      const edited = splice(text, sorted);
      const opaque = moveRanges(options.opaque, sorted);
      const document = parseShell(edited, { ...options, opaque }, language);
      const isProven = !document.problem && isSameBeside(script(), parse(edited), edited);
      const unproven =
        'the rewritten script would have other commands than its own and the calls of the client';
      return { document, changed: [], ...(isProven ? {} : { unproven }) };
    },
    dispose() {},
  };
}
