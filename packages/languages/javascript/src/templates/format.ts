import { concatenate, hole, holeNamed, joinWith, literal, type TemplatePart } from '@katib-push/core';
import { type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isText } from './hole-type.ts';
import { renderInspected } from './inspect.ts';
import { renderJson } from './json.ts';
import { renderText } from './render.ts';

/**
 * What `util.format(...args)` gives, and so the console: a format's values in their places, all others behind it.
 *
 *     console.log("%s: %d%%", name, x, y)      name: x% y
 *     console.log("100%%")                     100%%, as it stands: there is nothing to fill in
 *
 * https://nodejs.org/api/util.html#utilformatformat-args
 */
export function renderFormat(script: Script, args: readonly Syntax[]): readonly TemplatePart[] {
  const [first, ...values] = args;
  if (!first) return [];
  if (first.type === 'SpreadElement') return hole(script, first, 'unknown');
  if (values.length === 0) return renderAlone(script, first);
  const spread = values.findIndex(({ type }) => type === 'SpreadElement');
  const queue = spread < 0 ? values : values.slice(0, spread);
  const rest = spread < 0 ? [] : [holeNamed('…')];
  if (!isText(script, first))
    return joinWith(literal(' '), [...[first, ...queue].map((each) => renderAlone(script, each)), ...rest]);
  const filled = fillFormat(script, renderText(script, first), queue, spread >= 0);
  return joinWith(literal(' '), [
    filled.parts,
    ...filled.left.map((value) => renderAlone(script, value)),
    ...(filled.ranOut ? [] : rest),
  ]);
}

/** A value that the console prints by itself: text as it is, anything else as `inspect` shows it. */
function renderAlone(script: Script, value: Syntax): readonly TemplatePart[] {
  return isText(script, value) ? renderText(script, value) : withoutMinusZero(script, value);
}

function withoutMinusZero(script: Script, value: Syntax): readonly TemplatePart[] {
  const at = withoutAssertion(value);
  if (at.type === 'UnaryExpression' || at.type === 'Identifier') return renderText(script, at);
  return renderInspected(script, at);
}

interface FilledFormat {
  readonly parts: readonly TemplatePart[];
  /** Values that the format didn't take. */
  readonly left: readonly Syntax[];
  /** Whether values of a spread were taken. */
  readonly ranOut: boolean;
}

/** @param open whether a spread may bring more values */
function fillFormat(
  script: Script,
  format: readonly TemplatePart[],
  values: readonly Syntax[],
  open: boolean,
): FilledFormat {
  let next = 0;
  let ranOut = false;
  const fill = (text: string): readonly TemplatePart[] => {
    const parts: (readonly TemplatePart[])[] = [];
    let at = 0;
    for (const match of text.matchAll(/%([sdifjoOc%])/g)) {
      const [code, letter] = match;
      const value = values[next];
      if (letter !== '%' && !value && !open) break;
      parts.push(literal(text.slice(at, match.index)));
      at = match.index + code.length;
      if (letter === '%') parts.push(literal('%'));
      else if (value) {
        next++;
        parts.push(convert(script, value, letter as string));
      } else {
        ranOut = true;
        parts.push(holeNamed('…'));
      }
    }
    // behind the last value, only %% is read
    parts.push(literal(text.slice(at).replaceAll('%%', '%')));
    return concatenate(...parts);
  };
  const parts = concatenate(...format.map((part) => (part.kind === 'literal' ? fill(part.text) : [part])));
  return { parts, left: values.slice(next), ranOut };
}

function convert(script: Script, value: Syntax, letter: string): readonly TemplatePart[] {
  switch (letter) {
    case 's':
      return /^(?:Object|Array)Expression$/.test(value.type)
        ? hole(script, value, 'unknown')
        : renderText(script, value);
    case 'd':
    case 'f':
      return hole(script, value, 'number');
    case 'i':
      return hole(script, value, 'integer');
    case 'j':
      return renderJson(script, [value]) ?? hole(script, value, 'unknown');
    case 'c':
      return [];
    case 'O':
      return renderInspected(script, value);
    default:
      return hole(script, value, 'unknown');
  }
}
