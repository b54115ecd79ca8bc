import type { HoleType } from '@katib-push/core';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What is certain of the text that an expression prints. */
export function typeOf(_script: Script, expression: Syntax): HoleType {
  const at = withoutParentheses(expression);
  switch (at.type) {
    case 'integer':
      return 'integer';
    case 'float':
      return 'number';
    case 'string':
    case 'concatenated_string':
      return 'string';
    case 'none':
      return 'none';
    case 'true':
    case 'false':
    case 'comparison_operator':
    case 'not_operator':
      return at.type === 'comparison_operator' ? 'unknown' : 'boolean';
    default:
      return 'unknown';
  }
}
