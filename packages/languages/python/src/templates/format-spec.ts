import { type HoleType, hole, type TemplatePart } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/**
 * What `format(expression, spec)` gives.
 *
 * @param spec without the colon; nested fields as they stand (`>{width}.3f`)
 * @param converted whether `!r`, `!s` or `!a` made it a string before
 */
export function renderFormatted(
  script: Script,
  expression: Syntax,
  spec: string,
  converted = false,
): readonly TemplatePart[] {
  if (spec === '') return renderText(script, expression);
  return hole(script, expression, converted ? 'string' : typeBySpec(spec, () => typeOf(script, expression)));
}

/** https://docs.python.org/3/library/string.html#format-specification-mini-language */
const SPEC =
  /^(?:.?[<>=^])?[-+ ]?z?#?0?(?:\d+|\{[^{}]*\})?(?<group>[,_]?)(?:\.(?:\d+|\{[^{}]*\})[,_]?)?(?<type>[bcdeEfFgGnosxX%]?)$/u;

/** The type that a format specification makes certain. @param otherwise the expression's own type */
export function typeBySpec(spec: string, otherwise: () => HoleType): HoleType {
  const groups = SPEC.exec(spec)?.groups;
  if (!groups) return 'string';
  switch (groups.type) {
    case 'd':
    case 'b':
    case 'o':
      return groups.group ? 'unknown' : 'integer';
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
      return groups.group ? 'unknown' : 'number';
    case '%':
      return 'percent';
    case '':
      return groups.group ? 'unknown' : otherwise();
    default:
      return 'string';
  }
}
