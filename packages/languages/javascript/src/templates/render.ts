import { concatenate, hole, isOpaque, literal, type TemplatePart } from '@katib-push/core';
import { type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { followName } from './follow.ts';
import { renderFormat } from './format.ts';
import { globalPath, isUtilFormat, typeOf } from './hole-type.ts';
import { renderJson } from './json.ts';
import { renderString, renderTemplateLiteral } from './string.ts';

/** What `String(expression)` gives: the text of `${…}`, `+` and `%s`. */
export function renderText(script: Script, expression: Syntax): readonly TemplatePart[] {
  const at = withoutAssertion(expression);
  switch (at.type) {
    case 'StringLiteral':
      return renderString(script, at);
    case 'TemplateLiteral':
      return renderTemplateLiteral(script, at);
    case 'NumericLiteral':
      return isOpaque(script, at) ? hole(script, at, 'number') : renderNumber(at);
    case 'BooleanLiteral':
      return literal(String(at.is('value')));
    case 'NullLiteral':
      return literal('null');
    case 'UnaryExpression':
      return renderUnary(script, at);
    case 'BinaryExpression':
      return renderSum(script, at);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return renderCall(script, at) ?? hole(script, at, typeOf(script, at));
    case 'SequenceExpression': {
      const last = at.list('expressions').at(-1);
      return last ? renderText(script, last) : hole(script, at, 'unknown');
    }
    case 'Identifier':
      if (isOpaque(script, at)) return hole(script, at, 'unknown');
      if (at.word('name') === 'undefined') return literal('undefined');
      return followName(script, at) ?? hole(script, at, typeOf(script, at));
    default:
      return hole(script, at, typeOf(script, at));
  }
}

/** `-1`, `+x`, `!x`, `void 0` */
function renderUnary(script: Script, operation: Syntax): readonly TemplatePart[] {
  const argument = operation.field('argument');
  if (operation.word('operator') === 'void') return literal('undefined');
  if (
    operation.word('operator') === '-' &&
    argument?.type === 'NumericLiteral' &&
    !isOpaque(script, argument)
  ) {
    // minus zero prints as 0 in text, and as -0 in console.log
    if (argument.node.value !== 0) return concatenate(literal('-'), renderNumber(argument));
  }
  return hole(script, operation, typeOf(script, operation));
}

/** `"loss=" + loss`: a sum in which one side is text. */
function renderSum(script: Script, sum: Syntax): readonly TemplatePart[] {
  const left = sum.field('left');
  const right = sum.field('right');
  const type = typeOf(script, sum);
  if (sum.word('operator') !== '+' || type !== 'string' || !left || !right) return hole(script, sum, type);
  return concatenate(renderText(script, left), renderText(script, right));
}

/** Calls that make text: `String`, `JSON.stringify`, `util.format`; `undefined` for others. */
function renderCall(script: Script, call: Syntax): readonly TemplatePart[] | undefined {
  const callee = call.field('callee');
  const args = call.list('arguments');
  const [first] = args;
  if (!callee || !first || args.some(({ type }) => type === 'SpreadElement')) return undefined;
  const path = globalPath(script, callee);
  if (path === 'String') return renderText(script, first);
  if (path === 'JSON.stringify') return renderJson(script, args);
  return isUtilFormat(script, callee) ? renderFormat(script, args) : undefined;
}

/** A number as JavaScript prints it: `1_000` as `1000`, `0.50` as `0.5`, `1e21` as `1e+21`. */
function renderNumber(number: Syntax): readonly TemplatePart[] {
  return literal(String(number.node.value));
}
