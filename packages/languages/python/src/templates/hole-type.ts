import { fact, type HoleType, isNumeric, joinTypes } from '@katib-push/core';
import { resolveName } from '../names/resolve.ts';
import { type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOfCall } from './call-type.ts';
import { nested } from './nested.ts';
import { typeOfBinary } from './type-rules.ts';

/** By where the name's value stands. */
const nameTypesOf = fact((_: Script) => new Map<number, HoleType>());

/** What is certain of the text that an expression prints. */
export function typeOf(script: Script, expression: Syntax): HoleType {
  const at = withoutParentheses(expression);
  return nested(script, 'unknown', () => typeOfNested(script, at) ?? 'unknown');
}

function typeOfNested(script: Script, at: Syntax): HoleType | undefined {
  switch (at.type) {
    case 'integer':
    case 'float':
      return textOf(script, at).toLowerCase().endsWith('j')
        ? 'unknown'
        : at.type === 'float'
          ? 'number'
          : 'integer';
    case 'string':
    case 'concatenated_string':
      return 'string';
    case 'none':
      return 'none';
    case 'true':
    case 'false':
    case 'not_operator':
      return 'boolean';
    case 'comparison_operator':
      return typeOfComparison(script, at);
    case 'conditional_expression':
      return joinTypes([at.parts[0], at.parts[2]].map((part) => part && typeOf(script, part)));
    case 'boolean_operator':
      return joinTypes(at.parts.map((part) => typeOf(script, part)));
    case 'named_expression':
      return at.parts[1] && typeOf(script, at.parts[1]);
    case 'unary_operator':
      return typeOfUnary(script, at);
    case 'binary_operator':
      return typeOfOperator(script, at);
    case 'call':
      return typeOfCall(script, at);
    case 'identifier':
      return typeOfName(script, at);
    default:
      return 'unknown';
  }
}

/** `is` and `in` give a boolean; `<` of arrays gives an array. */
function typeOfComparison(script: Script, comparison: Syntax): HoleType {
  if (comparison.children.some((child) => /^(?:is|is not|in|not in)$/.test(child.type))) return 'boolean';
  return comparison.parts.every((part) => isNumeric(typeOf(script, part))) ? 'boolean' : 'unknown';
}

function typeOfUnary(script: Script, operation: Syntax): HoleType | undefined {
  const type = operation.parts[0] && typeOf(script, operation.parts[0]);
  return type === undefined || isNumeric(type) ? type : 'unknown';
}

function typeOfOperator(script: Script, operation: Syntax): HoleType | undefined {
  return operandsOf(script, operation).at(-1)?.type;
}

/** The text or number that a chain of operations has come to. */
export interface Operand {
  /** `a`, then `a + b`, then `a + b + c`. */
  readonly whole: Syntax;
  /** The operator and what is added last; absent for the first. */
  readonly operator?: string;
  readonly right?: Syntax;
  readonly type: HoleType;
}

/** `a + b + c` is a tree as deep as it is long: read from its left end, in a row. */
export function operandsOf(script: Script, operation: Syntax): readonly Operand[] {
  const chain: Syntax[] = [];
  let at = operation;
  while (at.type === 'binary_operator' && at.parts[0]) {
    chain.push(at);
    at = withoutParentheses(at.parts[0]);
  }
  let type = typeOf(script, at);
  const operands: Operand[] = [{ whole: at, type }];
  for (const whole of chain.reverse()) {
    const operator = textOf(script, whole.field('operator') ?? whole);
    const right = whole.parts[1];
    type = right ? typeOfBinary(operator, type, typeOf(script, right)) : 'unknown';
    operands.push({ whole, operator, ...(right ? { right } : {}), type });
  }
  return operands;
}

/** A name has the type of the one value that it is ever given. */
function typeOfName(script: Script, name: Syntax): HoleType {
  const { bindings = [], shared = false } = resolveName(script, name) ?? {};
  const [binding] = bindings;
  if (!binding?.value || bindings.length > 1 || shared || !/^(?:assignment|walrus)$/.test(binding.kind))
    return 'unknown';
  const nameTypes = nameTypesOf(script);
  const known = nameTypes.get(binding.value.from);
  if (known) return known;
  nameTypes.set(binding.value.from, 'unknown'); // where it is made of itself
  const type = typeOf(script, binding.value);
  nameTypes.set(binding.value.from, type);
  return type;
}
