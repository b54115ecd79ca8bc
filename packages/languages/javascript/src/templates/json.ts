import {
  concatenate,
  hole,
  isOpaque,
  joinWith,
  knownText,
  literal,
  type TemplatePart,
} from '@katib-push/core';
import { keyOf } from '../names/binding.ts';
import { type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isText, typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** `JSON.stringify(value)`: `{"loss":‹l›}`; `undefined` where it isn't written out, or shaped by further arguments. */
export function renderJson(script: Script, args: readonly Syntax[]): readonly TemplatePart[] | undefined {
  const [value, ...shaping] = args;
  const isWritten = value && withoutAssertion(value).type === 'ObjectExpression';
  return isWritten && shaping.length === 0 ? renderValue(script, value) : undefined;
}

function renderValue(script: Script, value: Syntax): readonly TemplatePart[] {
  const at = withoutAssertion(value);
  if (at.type === 'ObjectExpression') return renderObject(script, at) ?? hole(script, at, 'unknown');
  if (/^(?:Numeric|Boolean|Null)Literal$/.test(at.type)) return renderText(script, at);
  if (isText(script, at)) return renderQuoted(script, at);
  // a number may be NaN, which is null here; that is no metric's value
  return hole(script, at, typeOf(script, at) === 'number' ? 'number' : 'unknown');
}

function renderQuoted(script: Script, value: Syntax): readonly TemplatePart[] {
  if (isOpaque(script, value)) return hole(script, value, 'unknown');
  const parts = renderText(script, value);
  const known = knownText(parts);
  if (known !== undefined) return literal(JSON.stringify(known));
  const escaped = parts.map((part) =>
    part.kind === 'literal' ? { ...part, text: JSON.stringify(part.text).slice(1, -1) } : part,
  );
  return concatenate(literal('"'), escaped, literal('"'));
}

function renderObject(script: Script, object: Syntax): readonly TemplatePart[] | undefined {
  const pairs: (readonly TemplatePart[])[] = [];
  for (const property of object.list('properties')) {
    const key = property.type === 'ObjectProperty' ? keyOf(property.node) : undefined;
    const value = property.field('value');
    if (key === undefined || !value) return undefined;
    pairs.push(concatenate(literal(`${JSON.stringify(key)}:`), renderValue(script, value)));
  }
  return concatenate(literal('{'), joinWith(literal(','), pairs), literal('}'));
}
