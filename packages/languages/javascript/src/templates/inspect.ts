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
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** Objects with more properties may be broken into lines. */
const MOST_PROPERTIES = 4;

/**
 * What `util.inspect` makes of a value, on one line: `{ loss: 0.5, name: 'a' }`. A hole where the form depends on
 * values or on how long they are.
 */
export function renderInspected(script: Script, value: Syntax): readonly TemplatePart[] {
  const at = withoutAssertion(value);
  switch (at.type) {
    case 'ObjectExpression':
      return renderObject(script, at) ?? hole(script, at, 'unknown');
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
      return renderText(script, at);
  }
  const type = typeOf(script, at);
  if (type !== 'string') return hole(script, at, type === 'none' ? 'unknown' : type);
  const known = isOpaque(script, at) ? undefined : knownText(renderText(script, at));
  const isPlain = known !== undefined && /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/.test(known);
  return isPlain ? literal(`'${known}'`) : hole(script, at, 'unknown');
}

function renderObject(script: Script, object: Syntax): readonly TemplatePart[] | undefined {
  const properties = object.list('properties');
  if (properties.length > MOST_PROPERTIES) return undefined;
  if (properties.length === 0) return literal('{}');
  const pairs: (readonly TemplatePart[])[] = [];
  for (const property of properties) {
    const key = property.type === 'ObjectProperty' ? keyOf(property.node) : undefined;
    const value = property.field('value');
    if (key === undefined || !value || /^(?:Object|Array)Expression$/.test(value.type)) return undefined;
    const shown = /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : `'${key}'`;
    pairs.push(concatenate(literal(`${shown}: `), renderInspected(script, value)));
  }
  return fits(concatenate(literal('{ '), joinWith(literal(', '), pairs), literal(' }')));
}

/** Node breaks a line of more than 72 characters. */
function fits(parts: readonly TemplatePart[]): readonly TemplatePart[] | undefined {
  const length = parts.reduce((sum, part) => sum + (part.kind === 'literal' ? part.text.length : 12), 0);
  return length <= 64 ? parts : undefined;
}
