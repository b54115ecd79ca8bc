import type { Edit, OutputStatement, Range, SyntaxDocument } from '@katib-push/core';
import { chooseName } from './edits/free-name.ts';
import { insertedRanges } from './edits/inserted-ranges.ts';
import { placePrelude } from './edits/prelude.ts';
import { splice } from './edits/splice.ts';
import { wrapCallee } from './edits/wrap.ts';
import { findModules } from './facts/modules.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { describeFailure, findBinary } from './problems/find-problem.ts';
import { detectStatements } from './statements/detect.ts';
import { type Dialect, type Parsed, parseText } from './syntax/parse-text.ts';
import { createScript, once, type Script } from './syntax/script.ts';

export interface ScriptOptions {
  /** The dialect, where an earlier version of the text has told it. */
  readonly dialect?: Dialect;
  /** Statements beside those that are written in the text. */
  readonly adds?: (script: Script, statements: readonly OutputStatement[]) => readonly OutputStatement[];
}

/** Parses a text. Never throws on user code. */
export function parseScript(
  text: string,
  opaque: readonly Range[],
  options: ScriptOptions = {},
): SyntaxDocument {
  const problem = findBinary(text);
  if (problem) return brokenDocument(text, problem);
  const parsed = parseText(text, options.dialect);
  if (!('program' in parsed)) return brokenDocument(text, describeFailure(text, parsed));
  return documentOf(createScript(text, parsed, opaque), options);
}

function documentOf(parsed: Script, options: ScriptOptions): SyntaxDocument {
  const { text, opaque, dialect } = parsed;
  let script: Script | undefined = parsed;
  // after an edit, the tree is seldom asked for: to keep it would make the next parse slower than the first
  const tree = (): Script => {
    script ??= createScript(text, parseText(text, dialect) as Parsed, opaque);
    return script;
  };
  const detected = once(() => detectStatements(tree()));
  const statements = once(() => {
    const found = detected().statements;
    return options.adds ? options.adds(tree(), found) : found;
  });
  const modules = once(() => findModules(tree()));
  const reportsItself = once(() => findOwnReport(tree()));
  const unreadable = once(() => findUnreadable(tree()));
  return {
    text,
    statements,
    unusedSuppressions: () => detected().unused,
    modules,
    reportsItself,
    unreadable,
    freeName: once(() => chooseName(text)),
    wrap: (statement: OutputStatement, clientName) => wrapCallee(tree(), statement, clientName),
    prelude: (given) => placePrelude(tree(), given),
    edit(edits: readonly Edit[]) {
      reportsItself();
      unreadable();
      for (const statement of statements()) void statement.template;
      script = undefined;
      const next = splice(text, edits, opaque);
      const document = parseScript(next.text, next.opaque, { ...options, dialect });
      return { document, changed: insertedRanges(edits) };
    },
    dispose() {
      script = undefined;
    },
  };
}

function brokenDocument(text: string, problem: NonNullable<SyntaxDocument['problem']>): SyntaxDocument {
  return {
    text,
    problem,
    statements: () => [],
    unusedSuppressions: () => [],
    modules: () => [],
    reportsItself: () => undefined,
    unreadable: () => [],
    freeName: once(() => chooseName(text)),
    wrap: () => [],
    prelude: () => ({ impossible: problem.message }),
    edit(edits) {
      return { document: parseScript(splice(text, edits, []).text, []), changed: insertedRanges(edits) };
    },
    dispose() {},
  };
}
