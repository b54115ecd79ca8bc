import {
  brokenDocument,
  chooseClientName,
  findBinary,
  findUnsuppressed,
  mapPositions,
  moveRanges,
  type OutputStatement,
  once,
  type Range,
  type SyntaxDocument,
  type SyntaxProblem,
  shownLine,
  sortEdits,
  splice,
} from '@katib-push/core';

import { placePrelude } from './edits/prelude.ts';
import { wrapCallee } from './edits/wrap.ts';
import { findEscapes } from './facts/escapes.ts';
import { ASIDES, findModules, loadsPackages } from './facts/modules.ts';
import { findNearMisses } from './facts/near-misses.ts';
import { findOwnReport } from './facts/own-report.ts';
import { findUnreadable } from './facts/unreadable.ts';
import { reparse } from './reparse/reparse.ts';
import { detectStatements } from './statements/detect.ts';
import { collectSuppressions } from './statements/suppressions.ts';
import { preludeStart } from './syntax/own-prelude.ts';
import { type Parsed, type ParseFailure, parseText, type Reading } from './syntax/parse-text.ts';
import { createScript, type Script } from './syntax/script.ts';

/** Parses a text. Never throws on user code. */
export function parseScript(text: string, opaque: readonly Range[], reading: Reading = {}): SyntaxDocument {
  const problem = findBinary(text);
  if (problem) return broken(text, problem);
  const parsed = parseText(text, reading);
  if (!('program' in parsed)) return broken(text, describeFailure(text, parsed));
  return documentOf(createScript(text, parsed, opaque));
}

function documentOf(script: Script): SyntaxDocument {
  const { text, opaque } = script;
  const { dialect, sourceType } = script.parsed;
  let held: Script | undefined = script;
  const tree = (): Script => {
    held ??= createScript(text, parseText(text, { dialect, sourceType }) as Parsed, opaque);
    return held;
  };
  return {
    text,
    ...findUnsuppressed(() => collectSuppressions(tree()), {
      statements: (suppressions) => detectStatements(tree(), suppressions),
      unreadable: () => findUnreadable(tree()),
      escapes: () => findEscapes(tree()),
      nearMisses: () => findNearMisses(tree()),
    }),
    modules: once(() => findModules(tree())),
    reportsItself: once(() => findOwnReport(tree())),
    asides: ASIDES,
    runsOthers: once(() => loadsPackages(tree())),
    freeName: once(() => chooseClientName(text, preludeStart)),
    wrap: (statement: OutputStatement, clientName) => wrapCallee(tree(), statement, clientName),
    prelude: (given) => placePrelude(tree(), given),
    edit(edits) {
      const sorted = sortEdits(edits);
      const after = splice(text, sorted);
      const moved = moveRanges(opaque, mapPositions(sorted));
      const { parsed, ...proof } = reparse(tree(), after, sorted);
      const document =
        'program' in parsed
          ? documentOf(createScript(after, parsed, moved, tree()))
          : broken(after, describeFailure(after, parsed));
      return { document, ...proof };
    },
    dispose() {
      held = undefined;
    },
  };
}

function broken(text: string, problem: SyntaxProblem): SyntaxDocument {
  return brokenDocument(text, problem, (after) => parseScript(after, []));
}

function describeFailure(text: string, { message, at }: ParseFailure): SyntaxProblem {
  const shown = shownLine(text.slice(at));
  const where = shown ? `: ${shown}` : '';
  return {
    code: 'syntax-error',
    message: `this is not valid JavaScript (${message.replace(/\.$/, '')})${where}`,
    range: { from: at, to: Math.max(at, Math.min(at + Math.max(1, shown.length), text.length)) },
  };
}
