import { findBinary, type SyntaxProblem, shownLine } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { findSuspects, type Suspect } from './find-suspects.ts';
import { python2, rules } from './rules.ts';

/**
 * Why a text must be left alone; `undefined` if it parses as Python 3.
 *
 * @param edited whether the text came from one without a problem by insertions within its lines
 */
export function findProblem(script: Script, edited = false): SyntaxProblem | undefined {
  const binary = findBinary(script.text);
  if (binary) return binary;
  // An insertion within a line brings in neither Python 2 nor another indentation; it can only break what parses.
  if (edited) return script.root.hasError ? syntaxError(script) : undefined;
  const { suspects, problem } = findSuspects(script.text);
  return (
    findRefused(script, suspects, python2, 'old-syntax') ??
    (script.root.hasError ? syntaxError(script) : undefined) ??
    problem ??
    findRefused(script, suspects, rules, 'syntax-error')
  );
}

/** The first suspect of which a rule says that it is refused. */
function findRefused(
  script: Script,
  suspects: readonly Suspect[],
  by: typeof rules,
  code: SyntaxProblem['code'],
): SyntaxProblem | undefined {
  for (const { suspicion, from } of suspects) {
    const at = script.root.at(from);
    const message = by[suspicion]?.(at, script);
    if (message) return { code, message, range: { from: at.from, to: at.to } };
  }
  return undefined;
}
function syntaxError(script: Script): SyntaxProblem {
  const error = firstError(script.root);
  if (error.isMissing) {
    const message = `${JSON.stringify(error.type)} is missing here`;
    return { code: 'syntax-error', message, range: { from: error.from, to: error.to } };
  }
  const shown = shownLine(script.text.slice(error.from, error.to));
  const message = shown ? `this is not valid Python: ${shown}` : 'this is not valid Python';
  return { code: 'syntax-error', message, range: { from: error.from, to: error.to } };
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
