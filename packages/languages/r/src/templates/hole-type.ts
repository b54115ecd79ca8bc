import { type HoleType, isOpaque } from '@katib-push/core';
import type { Node } from 'web-tree-sitter';
import { rangeOf, type Script } from '../script.ts';

const RESULTS: Readonly<Record<string, HoleType>> = Object.fromEntries([
  ...['length', 'nrow', 'ncol', 'nchar', 'as.integer', 'seq_along', 'which.max', 'which.min'].map(
    (name) => [name, 'integer'] as const,
  ),
  ...[
    ...[
      'as.numeric',
      'as.double',
      'round',
      'signif',
      'floor',
      'ceiling',
      'sqrt',
      'exp',
      'log',
      'log2',
      'log10',
    ],
    ...['mean', 'median', 'sum', 'prod', 'sd', 'var', 'abs', 'runif', 'rnorm', 'proc.time', 'AIC', 'BIC'],
  ].map((name) => [name, 'number'] as const),
  ...['toString', 'toupper', 'tolower', 'trimws', 'substr', 'strftime', 'basename', 'class', 'date'].map(
    (name) => [name, 'string'] as const,
  ),
  ...['is.null', 'is.na', 'any', 'all', 'file.exists', 'identical'].map((name) => [name, 'boolean'] as const),
]);

/** What is surely known of a value's text. Vectors print as several such texts. */
export function typeOf(script: Script, node: Node): HoleType {
  if (isOpaque(script, rangeOf(node))) return 'unknown';
  switch (node.type) {
    case 'integer':
      return 'integer';
    case 'float':
      return 'number';
    case 'true':
    case 'false':
      return 'boolean';
    case 'string':
      return 'string';
    case 'parenthesized_expression': {
      const body = node.childForFieldName('body');
      return body ? typeOf(script, body) : 'unknown';
    }
    case 'unary_operator': {
      const value = node.childForFieldName('rhs');
      const type = value ? typeOf(script, value) : 'unknown';
      return type === 'boolean' || type === 'string' ? 'unknown' : type;
    }
    case 'binary_operator':
      return typeOfOperation(script, node);
    case 'call': {
      const name = node.childForFieldName('function')?.text.replace(/^base::|^stats::/, '') ?? '';
      return Object.hasOwn(RESULTS, name) ? (RESULTS[name] as HoleType) : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** Arithmetic gives numbers, if it gives anything: there is no operator on strings. Dates are the exception. */
function typeOfOperation(script: Script, node: Node): HoleType {
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (/^(?:[=!]=|[<>]=?|&&?|\|\|?|%in%)$/.test(operator)) return 'boolean';
  if (operator === '*' || operator === '/' || operator === '^') return 'number';
  if (operator !== '+' && operator !== '-') return 'unknown';
  const sides = [node.childForFieldName('lhs'), node.childForFieldName('rhs')];
  const known = sides.map((side) => (side ? typeOf(script, side) : 'unknown'));
  return known.every((type) => type === 'integer' || type === 'number') ? 'number' : 'unknown';
}
