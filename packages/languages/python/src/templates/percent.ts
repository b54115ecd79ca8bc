import {
  concatenate,
  type HoleType,
  hole,
  holeNamed,
  knownText,
  literal,
  type TemplatePart,
} from '@katib-push/core';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';
import { renderRepr } from './repr.ts';

/** `%(key)-8.3f`: the key, the width, the precision, the type. https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting */
const CONVERSION = /%(?:\(([^()]*)\))?[-+ #0]*(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?([diouxXeEfFgGcrsa%])/g;

/** Where the values of a `%` come from. */
export interface PercentValues {
  /** The next value in line; absent if there are none left. */
  next(): Syntax | undefined;
  named(key: string): Syntax | undefined;
}

/** `"loss=%.4f" % loss`, `"%s: %d" % (a, b)`, `"%(loss)f" % {"loss": l}` */
export function renderPercent(script: Script, format: Syntax, values: Syntax): readonly TemplatePart[] {
  const right = withoutParentheses(values);
  if (right.type === 'tuple') return fillPercent(script, renderText(script, format), fromList(right.parts));
  if (right.type === 'dictionary')
    return fillPercent(script, renderText(script, format), fromDictionary(script, right));
  const single = renderText(script, format).reduce(
    (count, part) => count + (part.kind === 'literal' ? countValues(part.text) : 0),
    0,
  );
  return fillPercent(script, renderText(script, format), fromList(single === 1 ? [right] : []));
}

export function fromList(values: readonly Syntax[]): PercentValues {
  let index = 0;
  const splat = values.findIndex((value) => value.type.includes('splat'));
  const known = splat < 0 ? values : values.slice(0, splat);
  return { next: () => known[index++], named: () => undefined };
}

export function fromDictionary(script: Script, dictionary: Syntax): PercentValues {
  const pairs = dictionary.parts.filter((part) => part.type === 'pair').map((pair) => pair.parts);
  const named = (key: string) =>
    pairs.find(([name]) => name && knownText(renderText(script, name)) === key)?.[1];
  return { next: () => undefined, named };
}

/** Puts values in the places of a format's conversions. */
export function fillPercent(
  script: Script,
  format: readonly TemplatePart[],
  values: PercentValues,
): readonly TemplatePart[] {
  return concatenate(
    ...format.map((part) => (part.kind === 'hole' ? [part] : fillLiteral(script, part.text, values))),
  );
}

function fillLiteral(script: Script, text: string, values: PercentValues): readonly TemplatePart[] {
  const parts: (readonly TemplatePart[])[] = [];
  let at = 0;
  for (const match of text.matchAll(CONVERSION)) {
    parts.push(literal(text.slice(at, match.index)));
    at = match.index + match[0].length;
    const [, key, width, precision, type = 's'] = match;
    if (type === '%') {
      parts.push(literal('%'));
      continue;
    }
    if (width === '*') values.next();
    if (precision === '*') values.next();
    const value = key === undefined ? values.next() : values.named(key);
    if (!value) parts.push(holeNamed(key ?? '…', typeByConversion(type) ?? 'unknown'));
    else parts.push(convert(script, value, type, width !== undefined || precision !== undefined));
  }
  parts.push(literal(text.slice(at)));
  return concatenate(...parts);
}

function convert(script: Script, value: Syntax, type: string, shaped: boolean): readonly TemplatePart[] {
  const certain = typeByConversion(type);
  if (certain) return hole(script, value, certain);
  if (shaped) return hole(script, value, typeOf(script, value));
  return type === 's' ? renderText(script, value) : renderRepr(script, value);
}

/** `undefined` for those that take any value: `%s`, `%r`, `%a`. */
function typeByConversion(type: string): HoleType | undefined {
  if (/[dioubu]/.test(type)) return 'integer';
  if (/[eEfFgG]/.test(type)) return 'number';
  return /[xXc]/.test(type) ? 'string' : undefined;
}

function countValues(format: string): number {
  let count = 0;
  for (const [, , width, precision, type] of format.matchAll(CONVERSION)) {
    if (type !== '%') count++;
    if (width === '*') count++;
    if (precision === '*') count++;
  }
  return count;
}
