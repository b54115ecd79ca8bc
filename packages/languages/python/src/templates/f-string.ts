import { concatenate, literal, type TemplatePart } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderFormatted } from './format-spec.ts';
import { renderText } from './render.ts';
import { renderRepr } from './repr.ts';

/**
 * One replacement field of an f-string.
 *
 *     {loss = !r:>8.4f}
 *      ^^^^ expression
 *      ^^^^^^^ written out, because of the "="
 *             ^^ conversion   (a field with "=" and no format is converted with !r)
 *                ^^^^^ format
 */
export function renderInterpolation(script: Script, field: Syntax): readonly TemplatePart[] {
  const expression = field.field('expression');
  if (!expression) return [];
  const rest = script.text.slice(expression.to, field.to);
  if (rest === '}') return renderText(script, expression);
  const equals = /^\s*=\s*/.exec(rest);
  const spec = field.field('format_specifier');
  const conversion = field.field('type_conversion');
  const mark = conversion ? textOf(script, conversion).slice(1) : equals && !spec ? 'r' : '';
  const written = equals ? literal(script.text.slice(field.from + 1, expression.to + equals[0].length)) : [];
  const format = spec ? textOf(script, spec).slice(1) : '';
  if (format === '' && mark !== '' && mark !== 's')
    return concatenate(written, renderRepr(script, expression));
  return concatenate(written, renderFormatted(script, expression, format, mark !== ''));
}
