import type { UnreadableOutput } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import { resolveName } from '../names/resolve.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

const RUNS = /^(?:builtins\.)?(?:exec|eval)$/;
const SINKS = /\b(?:print|write|logg?(?:er|ing)?)\b/;

/**
 * Code that `exec` or `eval` is given as a string: what it writes, no statement shows. The place is the string, where it
 * can be found and may write. What `exec` takes from elsewhere is unknown; what `eval` takes is an expression, as a rule.
 */
export function findCode(script: Script, call: Syntax, path: string): UnreadableOutput | undefined {
  if (!RUNS.test(path)) return undefined;
  const [given] = readCall(script, call).positional;
  const sources = given ? sourcesOf(script, withoutParentheses(given)) : [];
  const place = sources.find(
    (source) => /["']/.test(textOf(script, source)) && SINKS.test(textOf(script, source)),
  );
  if (place) return { from: place.from, to: place.to, sink: path, reason: 'code in a string' };
  if (path.endsWith('eval') || sources.every((source) => isKnown(script, source))) return undefined;
  return { from: call.from, to: call.to, sink: path, reason: 'code that is known only at run time' };
}

/** The expressions that give the code: what is handed over, or what is assigned to its name. */
function sourcesOf(script: Script, given: Syntax): readonly Syntax[] {
  const callee = given.type === 'call' ? given.field('function') : undefined;
  if (callee && dottedPath(script, callee) === 'compile') {
    const [code] = readCall(script, given).positional;
    return code ? sourcesOf(script, withoutParentheses(code)) : [];
  }
  if (given.type !== 'identifier') return [given];
  const bindings = resolveName(script, given)?.bindings ?? [];
  const values = bindings.flatMap(({ value }) => value ?? []);
  return values.length > 0 && values.length === bindings.length ? values : [given];
}

/** Whether all of the code stands in the text, or in a file, which is looked for as a module. */
function isKnown(script: Script, source: Syntax): boolean {
  return /string$/.test(source.type) || /\bopen[ \t]*\(/.test(textOf(script, source));
}
