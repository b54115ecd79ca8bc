import type { HoleType } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import type { Script } from '../script.ts';
import { typeOf } from './hole-type.ts';
import { hole, joined, literal, type Parts, someText } from './parts.ts';
import { renderText } from './render.ts';
import { stringValue } from './string.ts';

const CONVERSION = /%(?:(\d+)\$)?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?([%sdifeEgGaAxXo])/g;

/**
 * `sprintf("loss=%.4f", loss)`: literals of the format, and a hole for each conversion. Padding is not shown.
 *
 * @param named the format, if it is given by name
 * @returns `undefined` where the format is no constant text
 */
export function renderSprintf(
  script: Script,
  named: Node | undefined,
  positional: readonly Node[],
  depth: number,
): Parts | undefined {
  const [format, values] = named ? [named, positional] : [positional[0], positional.slice(1)];
  const text = format && stringValue(script, format);
  if (text === undefined) return undefined;
  const parts: Parts[] = [];
  let at = 0;
  let next = 0;
  for (const match of text.matchAll(CONVERSION)) {
    const [all, place, , width, precision, conversion = ''] = match;
    parts.push(literal(text.slice(at, match.index)));
    at = match.index + all.length;
    if (conversion === '%') {
      parts.push(literal('%'));
      continue;
    }
    next += Number(width === '*') + Number(precision === '*');
    const value = values[place === undefined ? next++ : Number(place) - 1];
    parts.push(convert(script, value, conversion, width === undefined && precision === undefined, depth));
  }
  return joined(...parts, literal(text.slice(at)));
}

function convert(
  script: Script,
  value: Node | undefined,
  conversion: string,
  bare: boolean,
  depth: number,
): Parts {
  const type = typeOfConversion(conversion);
  if (!value) return someText(type ?? 'unknown');
  if (type) return hole(script, value, type);
  return bare ? renderText(script, value, depth) : hole(script, value, typeOf(script, value));
}

function typeOfConversion(conversion: string): HoleType | undefined {
  if (/[di]/.test(conversion)) return 'integer';
  if (/[feEgG]/.test(conversion)) return 'number';
  return conversion === 's' ? undefined : 'string';
}
