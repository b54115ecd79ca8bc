import { concatenate, hole, isOpaque, literal, type TemplatePart } from '@katib-push/core';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderCall } from './call.ts';
import { renderDictionary, renderSequence } from './displays.ts';
import { followName } from './follow.ts';
import { typeOf } from './hole-type.ts';
import { nested } from './nested.ts';
import { renderNumber } from './number.ts';
import { renderOperator } from './operator.ts';
import { renderString } from './string.ts';

/** What `str(expression)` gives: the text that `print` and `%s` write. */
export function renderText(script: Script, expression: Syntax): readonly TemplatePart[] {
  const at = withoutParentheses(expression);
  return nested(script, undefined, () => render(script, at)) ?? hole(script, at, 'unknown');
}

function render(script: Script, at: Syntax): readonly TemplatePart[] {
  switch (at.type) {
    case 'string':
      return renderString(script, at);
    case 'concatenated_string':
      return concatenate(...at.parts.map((part) => renderString(script, part)));
    case 'integer':
    case 'float':
      return isOpaque(script, at) ? hole(script, at, 'number') : renderNumber(script, at);
    case 'true':
      return literal('True');
    case 'false':
      return literal('False');
    case 'none':
      return literal('None');
    case 'dictionary':
      return renderDictionary(script, at);
    case 'list':
    case 'tuple':
      return renderSequence(script, at);
    case 'unary_operator':
    case 'binary_operator':
      return renderOperator(script, at);
    case 'call':
      return renderCall(script, at);
    case 'identifier':
      return followName(script, at) ?? hole(script, at, typeOf(script, at));
    case 'list_splat':
      return hole(script, at, 'unknown');
    default:
      return hole(script, at, typeOf(script, at));
  }
}
