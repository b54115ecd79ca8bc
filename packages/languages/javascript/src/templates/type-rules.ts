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

/** The type of `left operator right`. Arithmetic other than `+` gives numbers, whatever it is given. */
export function typeOfBinary(operator: string, left: Known, right: Known): Known {
  switch (operator) {
    case '+':
      if (left === 'string' || right === 'string') return 'string';
      if (isNumeric(left) && isNumeric(right)) return joinTypes([left, right]);
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
