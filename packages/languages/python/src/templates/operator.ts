import { concatenate, hole, knownText, literal, type TemplatePart } from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { type Operand, operandsOf, typeOf } from './hole-type.ts';
import { renderNumber } from './number.ts';
import { renderPercent } from './percent.ts';
import { renderText } from './render.ts';

/** `+` and `%` of strings, `-1`, `"=" * 20`; any other operation is a hole. */
export function renderOperator(script: Script, operation: Syntax): readonly TemplatePart[] {
  const unknown = () => hole(script, operation, typeOf(script, operation));
  const operator = textOf(script, operation.field('operator') ?? operation);
  const [left, right] = operation.parts;
  if (left && !right) {
    const isNumber = operator === '-' && /^(?:integer|float)$/.test(left.type);
    const value = isNumber ? knownText(renderNumber(script, left)) : undefined;
    return value === undefined ? unknown() : literal(`-${value}`);
  }
  if (!left || !right) return unknown();
  if (operator === '%' && typeOf(script, left) === 'string') return renderPercent(script, left, right);
  if (operator === '+') return renderSum(script, operation);
  if (operator === '*') return renderRepeated(script, left, right) ?? unknown();
  return unknown();
}

/** `a + b + "c"`: from the last operand back to where the sum is no longer known to be a string. */
function renderSum(script: Script, operation: Syntax): readonly TemplatePart[] {
  const operands = [...operandsOf(script, operation)];
  const added: (readonly TemplatePart[])[] = [];
  let last = operands.pop() as Operand;
  for (; last.operator === '+' && last.right && last.type === 'string'; last = operands.pop() as Operand)
    added.unshift(renderText(script, last.right));
  if (added.length === 0) return hole(script, operation, last.type);
  return concatenate(renderText(script, last.whole), added.flat());
}

/** `"=" * 20` and `20 * "="` */
function renderRepeated(script: Script, left: Syntax, right: Syntax): readonly TemplatePart[] | undefined {
  const [text, times] = left.type === 'integer' ? [right, left] : [left, right];
  if (times.type !== 'integer' || typeOf(script, text) !== 'string') return undefined;
  const known = knownText(renderText(script, text));
  const count = Number(textOf(script, times).replaceAll('_', ''));
  return known !== undefined && count * known.length <= 10_000 ? literal(known.repeat(count)) : undefined;
}
