import type { HoleType } from '@katib-push/core';

/** A type, or `undefined` for what adds nothing (a name within its own definition). */
type Known = HoleType | undefined;

export function isNumeric(type: Known): boolean {
  return type === 'integer' || type === 'number' || type === undefined;
}

/** What holds whichever of the types a value has; `undefined` if there are none. */
export function joinTypes(types: readonly Known[]): Known {
  let joined: Known;
  for (const type of types) {
    if (type === undefined || type === joined) continue;
    if (joined === undefined) joined = type;
    else if (isNumeric(type) && isNumeric(joined)) joined = 'number';
    else return 'unknown';
  }
  return joined;
}

/** The type of `left operator right`. Arrays make arithmetic with an unknown operand unknown. */
export function typeOfBinary(operator: string, left: Known, right: Known): Known {
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
      return joinTypes([left, right]);
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
