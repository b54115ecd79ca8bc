import { findBinary, type SyntaxProblem, shownLine } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { RefuseText } from './ruff.ts';
import { places, python2, type Rules } from './rules.ts';

/** Why a text must be left alone; `undefined` if it is Python 3. @param source the text as the parser was given it */
export function findProblem(
  script: Script,
  source: string,
  refuseText: RefuseText,
): SyntaxProblem | undefined {
  return (
    findBinary(script.text) ??
    findRefused(script, python2, 'old-syntax') ??
    findUngrammatical(script, refuseText(source)) ??
    findRefused(script, places, 'syntax-error')
  );
}

/** @param refused what another parser says; a text that ends too early is shown from where the tree breaks off */
export function findUngrammatical(
  { root, text }: Script,
  refused?: SyntaxProblem,
): SyntaxProblem | undefined {
  const isShown = refused && refused.range.from < refused.range.to;
  if (isShown || !root.hasError) return refused;
  const { from, to } = firstError(root);
  if (refused) return { ...refused, range: { from, to } };
  const shown = shownLine(text.slice(from, to));
  return {
    code: 'syntax-error',
    message: `this can't be parsed${shown && `: ${shown}`}`,
    range: { from, to },
  };
}

/** The first word of which a rule says that it is refused. */
function findRefused(
  script: Script,
  { words, byWord }: Rules,
  code: SyntaxProblem['code'],
): SyntaxProblem | undefined {
  for (const { 0: word, index } of script.text.matchAll(words)) {
    const at = script.root.at(index);
    const message = byWord[word]?.(at, script);
    if (message) return { code, message, range: { from: at.from, to: at.to } };
  }
  return undefined;
}

function firstError(root: Syntax): Syntax {
  let at = root;
  for (;;) {
    if (at.isMissing) return at;
    const within = at.children.find((child) => child.isMissing || child.hasError);
    // an ERROR's own children are guesses; the outermost ERROR with no better one inside is what people see
    if (!within) return at;
    if (at.type === 'ERROR') return at;
    at = within;
  }
}
