import { type HoleType, isNumeric, joinTypes } from '@katib-push/core';

/** The type of `left operator right`. Arrays make arithmetic with an unknown operand unknown. */
export function typeOfBinary(operator: string, left: HoleType, right: HoleType): HoleType {
  // only a string is formatted with %, and only strings add up to one
  if (left === 'string' && operator === '%') return 'string';
  if (operator === '+' && (left === 'string' || right === 'string')) return 'string';
  if (operator === '*' && (left === 'string' || right === 'string'))
    return isNumeric(left) || isNumeric(right) ? 'string' : 'unknown';
  if (!isNumeric(left) || !isNumeric(right)) return 'unknown';
  switch (operator) {
    case '/':
      return 'number';
    case '+':
    case '-':
    case '*':
    case '//':
    case '%':
      return joinTypes([left, right]) ?? 'unknown';
    case '**':
      return 'number';
    case '<<':
    case '>>':
    case '&':
    case '|':
    case '^':
      return 'integer';
    default:
      return 'unknown';
  }
}
