import {
  type Language,
  type Layer,
  type OutputStatement,
  outermostLayer,
  type ParseOptions,
  type SyntaxDocument,
  type SyntaxProblem,
} from '@katib-push/core';
import { parse } from 'unbash';
import { echoesOf } from '../unwrap-shell.ts';
import { comesOut } from '../walk/streams.ts';
import { templateOf } from './template.ts';

/** The commands whose text reaches the output. A text without any of them needs no walk. */
const sinks = /\b(?:echo|printf|cat|tee)\b/;

/** A shell text as a document. It has no client: its statements are reported and not rewritten. */
export function parseShell(text: string, options: ParseOptions, language: Language): SyntaxDocument {
  const [error] = sinks.test(text) ? (parse(text).errors ?? []) : [];
  const problem: SyntaxProblem | undefined = error && {
    code: 'syntax-error',
    message: error.message,
    range: { from: error.pos, to: Math.min(error.pos + 1, text.length) },
  };
  return {
    text,
    ...(problem ? { problem } : {}),
    statements: () => (problem || !sinks.test(text) ? [] : findStatements(text, options, language)),
    modules: () => [],
    reportsItself: () => undefined,
    unreadable: () => [],
    unusedSuppressions: () => [],
    freeName: () => '_katib_push',
    wrap: () => [],
    prelude: () => ({ impossible: 'there is no client for shell text' }),
    edit(edits) {
      let edited = text;
      for (const edit of [...edits].sort((a, b) => b.from - a.from))
        edited = edited.slice(0, edit.from) + edit.insert + edited.slice(edit.to);
      const changed = edits.length > 0 ? [{ from: 0, to: edited.length }] : [];
      return { document: parseShell(edited, { opaque: [] }, language), changed };
    },
    dispose() {},
  };
}

/** One statement for each command that writes to the container's output, at least in one of the ways it is run. */
function findStatements(text: string, options: ParseOptions, language: Language): readonly OutputStatement[] {
  const layer: Layer = { ...outermostLayer(text, 'script', ''), opaque: options.opaque };
  const statements = new Map<number, OutputStatement>();
  for (const echo of echoesOf(layer, language)) {
    if (!comesOut(echo.output)) continue;
    const before = statements.get(echo.range.from);
    const template = echo.value && templateOf(echo.value);
    if (before) {
      // Run again with another text: nothing is known of it.
      const { template: known, ...rest } = before;
      const same = known && template && JSON.stringify(known) === JSON.stringify(template);
      statements.set(echo.range.from, same ? before : rest);
      continue;
    }
    statements.set(echo.range.from, {
      ...echo.range,
      callee: echo.callee,
      use: 'call',
      sink: echo.sink,
      kind: 'print',
      ...(template ? { template } : {}),
      cannot: 'shell output is only reported, not rewritten',
      wrapped: false,
    });
  }
  return [...statements.values()].sort((a, b) => a.from - b.from);
}
