import { fact, followValues, occurrencesOf, type TemplatePart } from '@katib-push/core';
import type { Binding } from '../names/binding.ts';
import { resolveName } from '../names/resolve.ts';
import { scopeOf, statementOf } from '../names/scope.ts';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** Names whose value is being followed. */
const followingIn = fact((_: Script) => new Set<Syntax>());

/**
 * The text of a name, from the assignment that surely gave it its value; `undefined` where that can't be told.
 *
 *     msg = f"epoch {e}: "          the last assignment in a block around the use
 *     msg += f"loss={l:.4f}"        what is added on the way
 *     print(msg)
 */
export function followName(script: Script, use: Syntax): readonly TemplatePart[] | undefined {
  const render = (value: Syntax) => renderText(script, value);
  return followValues(followingIn(script), use, () => valuesOf(script, use), render);
}

/** The expressions whose texts, in a row, are the name's text. */
function valuesOf(script: Script, use: Syntax): readonly Syntax[] | undefined {
  const resolved = resolveName(script, use);
  if (!resolved || resolved.shared) return undefined;
  const { bindings, scope } = resolved;
  if (scope === scopeOf(use)) return straightLine(script, use, bindings);
  // a constant of the module, read in a function
  const [only, ...others] = bindings;
  if (only?.kind !== 'assignment' || !only.value || others.length > 0 || scope.parent) return undefined;
  return isConstant(script, only.value) ? [only.value] : undefined;
}

function straightLine(
  script: Script,
  use: Syntax,
  bindings: readonly Binding[],
): readonly Syntax[] | undefined {
  if (!bindings.some(({ kind }) => kind === 'assignment')) return undefined;
  const blocks = new Set<Syntax>();
  const loops: Syntax[] = [];
  for (let at = use.parent; at; at = at.parent) {
    blocks.add(at);
    if (/^(?:for|while)_statement$/.test(at.type)) loops.push(at);
  }
  const values: Syntax[] = [];
  let start: Binding | undefined;
  for (const binding of bindings.toReversed()) {
    const statement = statementOf(binding.name);
    if (statement.to > use.from) continue;
    if (!statement.parent || !blocks.has(statement.parent) || !binding.value) return undefined;
    values.unshift(binding.value);
    if (binding.kind === 'assignment') {
      start = binding;
      break;
    }
    if (binding.operator !== '+=') return undefined;
  }
  if (!start?.value || !values.every((value) => isText(script, value, values.length > 1))) {
    return start?.value && values.length === 1 && isUntouched(script, start, use) ? values : undefined;
  }
  // a later turn of a loop may bring another value
  const first = start.name.from;
  const changes = loops.some(
    (loop) => first < loop.from && bindings.some(({ name }) => loop.from <= name.from && name.from < loop.to),
  );
  return changes ? undefined : values;
}

/** Whether a display is still what it was when it was bound: nothing in between names it. */
function isUntouched(script: Script, binding: Binding, use: Syntax): boolean {
  const value = binding.value && withoutParentheses(binding.value);
  if (!value || !/^(?:dictionary|list|tuple)$/.test(value.type)) return false;
  const name = script.text.slice(use.from, use.to);
  const between = occurrencesOf(script.text, name, value.to, use.from);
  return between.length === 0 && scopeOf(binding.name) === scopeOf(use) && !isInOtherLoop(binding.name, use);
}

function isInOtherLoop(name: Syntax, use: Syntax): boolean {
  for (let at = use.parent; at; at = at.parent)
    if (/^(?:for|while)_statement$/.test(at.type) && name.from < at.from) return true;
  return false;
}

/** Whether the value is a text or number whose printed form the template can show. */
function isText(script: Script, value: Syntax, summed: boolean): boolean {
  return typeOf(script, value) === 'string' || (!summed && isConstant(script, value));
}

function isConstant(script: Script, value: Syntax): boolean {
  const at = withoutParentheses(value);
  return /^(?:integer|float|true|false|none)$/.test(at.type) || typeOf(script, at) === 'string';
}
