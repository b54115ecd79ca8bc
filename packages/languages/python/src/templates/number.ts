import { hole, literal, type TemplatePart } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** A number as Python prints it: `1_000` as `1000`, `0.50` as `0.5`, `1e3` as `1000.0`. */
export function renderNumber(script: Script, number: Syntax): readonly TemplatePart[] {
  const source = textOf(script, number).replaceAll('_', '').toLowerCase();
  if (source.endsWith('j')) return hole(script, number, 'unknown');
  if (number.type === 'integer') return literal(BigInt(source).toString());
  const value = Number(source);
  // outside of this range Python writes an exponent, in another form than JavaScript
  if (value !== 0 && (value < 1e-4 || value >= 1e16)) return hole(script, number, 'number');
  return literal(Number.isInteger(value) ? `${value}.0` : `${value}`);
}
