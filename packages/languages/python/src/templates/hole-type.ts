import { type HoleType, isNumeric, joinTypes } from '@katib-push/core';
import type { Binding } from '../names/binding.ts';
import { resolveName } from '../names/resolve.ts';
import { withoutWrapping } from '../statements/use.ts';
import { nested, type Script, textOf, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOfCall } from './call-type.ts';
import { typeOfBinary } from './type-rules.ts';

/** What is certain of the text that an expression prints. */
export function typeOf(script: Script, expression: Syntax): HoleType {
  return infer(script, expression) ?? 'unknown';
}

/** As `typeOf`; `undefined` for a name whose type is just being found: it adds nothing to its own type. */
export function infer(script: Script, expression: Syntax): HoleType | undefined {
  const at = withoutParentheses(expression);
  return nested(script, 'unknown', () => inferNested(script, at));
}

function inferNested(script: Script, at: Syntax): HoleType | undefined {
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
      return joinTypes([at.parts[0], at.parts[2]].map((part) => part && infer(script, part)));
    case 'boolean_operator':
      return joinTypes(at.parts.map((part) => infer(script, part)));
    case 'named_expression':
      return at.parts[1] && infer(script, at.parts[1]);
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
  return comparison.parts.every((part) => isNumeric(infer(script, part))) ? 'boolean' : 'unknown';
}

function typeOfUnary(script: Script, operation: Syntax): HoleType | undefined {
  const type = operation.parts[0] && infer(script, operation.parts[0]);
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
  readonly type: HoleType | undefined;
}

/** `a + b + c` is a tree as deep as it is long: read from its left end, in a row. */
export function operandsOf(script: Script, operation: Syntax): readonly Operand[] {
  const chain: Syntax[] = [];
  let at = operation;
  while (at.type === 'binary_operator' && at.parts[0]) {
    chain.push(at);
    at = withoutParentheses(at.parts[0]);
  }
  let type = infer(script, at);
  const operands: Operand[] = [{ whole: at, type }];
  for (const whole of chain.reverse()) {
    const operator = textOf(script, whole.field('operator') ?? whole);
    const right = whole.parts[1];
    type = right ? typeOfBinary(operator, type, infer(script, right)) : 'unknown';
    operands.push({ whole, operator, ...(right ? { right } : {}), type });
  }
  return operands;
}

/** A name has a type if all that binds it in its scope agrees. */
function typeOfName(script: Script, name: Syntax): HoleType | undefined {
  const resolved = resolveName(script, name);
  if (!resolved || resolved.shared) return 'unknown';
  const key = `${resolved.scope.from}:${resolved.scope.type}:${textOf(script, name)}`;
  if (script.nameTypes.has(key)) return script.nameTypes.get(key);
  script.nameTypes.set(key, undefined);
  const type = joinTypes(resolved.bindings.map((binding) => typeOfBinding(script, binding))) ?? 'unknown';
  script.nameTypes.set(key, type);
  return type;
}

function typeOfBinding(script: Script, { kind, value, position, operator }: Binding): HoleType | undefined {
  if (!value) return 'unknown';
  switch (kind) {
    case 'assignment':
    case 'walrus':
      return infer(script, value);
    case 'augmented':
      return typeOfBinary((operator ?? '').slice(0, -1), undefined, infer(script, value));
    case 'loop':
      return typeOfLoop(script, value, position);
    default:
      return 'unknown';
  }
}

/** `for i in range(…)`, `for i, x in enumerate(…)`, and either with a progress bar around it. */
function typeOfLoop(script: Script, iterable: Syntax, position: number | undefined): HoleType {
  const callee = iterable.type === 'call' ? iterable.field('function') : undefined;
  const called = callee && textOf(script, withoutWrapping(script, callee));
  if (called === 'range' || called === 'trange') return position === undefined ? 'integer' : 'unknown';
  if (called === 'enumerate') return position === 0 ? 'integer' : 'unknown';
  const inner = /(?:^|\.)(?:tqdm|track)$/.test(called ?? '')
    ? iterable.field('arguments')?.parts[0]
    : undefined;
  return inner?.type === 'call' ? typeOfLoop(script, inner, position) : 'unknown';
}
