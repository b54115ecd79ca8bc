import { findBinary, type SyntaxProblem, shownLine } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { findIndentationProblem } from './indentation.ts';
import { misplaced } from './misplaced.ts';
import { misused } from './misused.ts';
import { findPython2 } from './python-2.ts';
import { findRefused } from './rule.ts';

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
  return (
    findPython2(script) ??
    (script.root.hasError ? syntaxError(script) : undefined) ??
    findIndentationProblem(script) ??
    findRefused(script, misplaced) ??
    findRefused(script, misused)
  );
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
