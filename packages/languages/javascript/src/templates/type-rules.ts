import { type HoleType, isNumeric, joinTypes } from '@katib-push/core';

/** The type of `left operator right`. Arithmetic other than `+` gives numbers, whatever it is given. */
export function typeOfBinary(operator: string, left: HoleType, right: HoleType): HoleType {
  switch (operator) {
    case '+':
      if (left === 'string' || right === 'string') return 'string';
      if (isNumeric(left) && isNumeric(right)) return joinTypes([left, right]) ?? 'unknown';
      return 'unknown';
    case '-':
    case '*':
      return left === 'integer' && right === 'integer' ? 'integer' : 'number';
    case '/':
    case '%':
    case '**':
      return 'number';
    case '<<':
    case '>>':
    case '>>>':
    case '&':
    case '|':
    case '^':
      return 'integer';
    case '|>':
      return 'unknown';
    default:
      return 'boolean';
  }
}
