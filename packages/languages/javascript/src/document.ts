import {
  mapPositions,
  moveRanges,
  type OutputStatement,
  once,
  type Range,
  type SyntaxDocument,
  sortEdits,
  splice,
} from '@katib-push/core';
import { chooseName } from './edits/free-name.ts';
import { placePrelude } from './edits/prelude.ts';
import { wrapCallee } from './edits/wrap.ts';
import { findModules, loadsPackages } from './facts/modules.ts';
import { findNearMisses } from './facts/near-misses.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { findEscapes } from './names/escapes.ts';
import { describeFailure, findBinary } from './problems/find-problem.ts';
import { detectStatements } from './statements/detect.ts';
import { collectSuppressions } from './statements/suppressions.ts';
import { type Parsed, parseText, type Reading } from './syntax/parse-text.ts';
import { reparse } from './syntax/reparse.ts';
import { createScript, type Script } from './syntax/script.ts';

export interface ScriptOptions extends Reading {
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
  const parsed = parseText(text, options);
  if (!('program' in parsed)) return brokenDocument(text, describeFailure(text, parsed));
  return documentOf(createScript(text, parsed, opaque), options);
}

function documentOf(script: Script, options: ScriptOptions): SyntaxDocument {
  const { text, opaque } = script;
  const { dialect, sourceType } = script.parsed;
  let held: Script | undefined = script;
  const tree = (): Script => {
    held ??= createScript(text, parseText(text, { dialect, sourceType }) as Parsed, opaque);
    return held;
  };
  const suppressions = once(() => collectSuppressions(tree()));
  const isOpen = (range: Range): boolean => suppressions().take(range) === undefined;
  const statements = once(() => {
    const found = detectStatements(tree(), suppressions());
    return options.adds ? options.adds(tree(), found) : found;
  });
  const unreadable = once(() => findUnreadable(tree()).filter(isOpen));
  const nearMisses = once(() => findNearMisses(tree()).filter(isOpen));
  return {
    text,
    statements,
    unusedSuppressions: once(() => {
      for (const find of [statements, unreadable, nearMisses]) find();
      return suppressions().unused();
    }),
    modules: once(() => findModules(tree())),
    reportsItself: once(() => findOwnReport(tree())),
    unreadable,
    nearMisses,
    runsOthers: once(() => loadsPackages(tree())),
    escapes: once(() => findEscapes(tree())),
    freeName: once(() => chooseName(text)),
    wrap: (statement: OutputStatement, clientName) => wrapCallee(tree(), statement, clientName),
    prelude: (given) => placePrelude(tree(), given),
    edit(edits) {
      const sorted = sortEdits(edits);
      const after = splice(text, sorted);
      const moved = moveRanges(opaque, mapPositions(sorted));
      const { parsed, ...proof } = reparse(tree(), after, sorted);
      const document =
        'program' in parsed
          ? documentOf(createScript(after, parsed, moved), options)
          : brokenDocument(after, describeFailure(after, parsed));
      return { document, ...proof };
    },
    dispose() {
      held = undefined;
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
      const after = splice(text, sortEdits(edits));
      return { document: parseScript(after, []), changed: [], unproven: problem.message };
    },
    dispose() {},
  };
}
