import { fact, followValues, type TemplatePart } from '@katib-push/core';
import { resolveName } from '../names/resolve.ts';
import { functionAround } from '../names/scope.ts';
import type { Write } from '../names/write.ts';
import { locate, type Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** Names whose value is being followed. */
const followingIn = fact((_: Script) => new Set<Syntax>());

/**
 * The text of a name, from the declaration that surely gave it its value; `undefined` where that can't be told.
 *
 *     const tag = "loss";                    never written to again
 *     let line = `epoch ${e}: `;             written to in blocks around the use, in front of it
 *     line += `loss=${l}`;
 *     console.log(tag, line);
 */
export function followName(script: Script, use: Syntax): readonly TemplatePart[] | undefined {
  const render = (value: Syntax) => renderText(script, value);
  return followValues(followingIn(script), use, () => valuesOf(script, use), render);
}

/** The expressions whose texts, in a row, are the name's text. */
function valuesOf(script: Script, use: Syntax): readonly Syntax[] | undefined {
  const resolved = resolveName(script, use);
  const [binding, ...others] = resolved?.bindings ?? [];
  if (!resolved || !binding || others.length > 0 || binding.keys?.length !== 0 || binding.loop)
    return undefined;
  const declared = {
    name: locate(script, binding.name),
    ...(binding.value ? { value: locate(script, binding.value) } : {}),
  };
  const writes = binding.kind === 'const' ? [] : resolved.writes();
  if (!writes) return undefined;
  if (writes.length === 0) {
    const { name, value } = declared;
    // a var may be read in front of its declaration, or in a function that runs earlier
    const mayBeEarly = binding.kind !== 'const' && (name.from > use.from || isElsewhere(name, use));
    return value && !mayBeEarly && isText(script, value, false) ? [value] : undefined;
  }
  if (isElsewhere(declared.name, use)) return undefined;
  const values = straightLine(declared, writes, use);
  return values?.every((value) => isText(script, value, values.length > 1)) ? values : undefined;
}

/** The last value that the name surely has in front of the use, and what is added to it on the way. */
function straightLine(
  declared: Pick<Write, 'name' | 'value'>,
  writes: readonly Write[],
  use: Syntax,
): readonly Syntax[] | undefined {
  const start =
    writes.findLast(
      ({ name, operator }) => operator === '=' && name.from < use.from && isStraight(name, use),
    ) ?? declared;
  if (!start.value || start.name.from > use.from) return undefined;
  const values = [start.value];
  for (const { name, operator, value } of writes) {
    if (name.from <= start.name.from) continue;
    if (sharesLoop(start.name, name, use)) return undefined;
    if (name.from > use.from) continue;
    if (operator !== '+=' || !value || !isStraight(name, use)) return undefined;
    values.push(value);
  }
  return values;
}

function isElsewhere(declared: Syntax, use: Syntax): boolean {
  return functionAround(declared) !== functionAround(use);
}

/** Whether a statement surely runs in front of the use: it stands in a block around it, not under a condition. */
function isStraight(write: Syntax, use: Syntax): boolean {
  const statement = write.parent?.parent;
  if (statement?.type !== 'ExpressionStatement') return false;
  for (let at = use.parent; at; at = at.parent) if (at === statement.parent) return true;
  return false;
}

const LOOP = /^(?:For(?:In|Of)?|While|DoWhile)Statement$/;

/** Whether a loop around write and use runs again behind the start: a later turn may bring another value. */
function sharesLoop(start: Syntax, write: Syntax, use: Syntax): boolean {
  for (let at = use.parent; at; at = at.parent) {
    const holds = (node: Syntax) => at.from <= node.from && node.to <= at.to;
    if (LOOP.test(at.type) && holds(write) && !holds(start)) return true;
  }
  return false;
}

/** Whether the value is text or a constant whose printed form the template can show. */
function isText(script: Script, value: Syntax, summed: boolean): boolean {
  if (typeOf(script, value) === 'string') return true;
  return !summed && /^(?:Numeric|Boolean|Null)Literal$/.test(value.type);
}
