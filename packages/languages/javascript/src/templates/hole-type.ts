import { fact, type HoleType, isOpaque, joinTypes } from '@katib-push/core';
import { onlyBinding, resolveName } from '../names/resolve.ts';
import type { BabelNode } from '../syntax/babel-node.ts';
import { locate, type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isTextualNumber, typeOfCall } from './call-type.ts';
import { typeOfBinary } from './type-rules.ts';

/** What is certain of the text that an expression prints. */
export function typeOf(script: Script, expression: Syntax): HoleType {
  const at = withoutAssertion(expression);
  if (isOpaque(script, at) && /^(?:Identifier|NumericLiteral)$/.test(at.type))
    return at.type === 'Identifier' ? 'unknown' : 'number';
  switch (at.type) {
    case 'NumericLiteral':
      return Number.isInteger(at.node.value) ? 'integer' : 'number';
    case 'StringLiteral':
    case 'TemplateLiteral':
      return 'string';
    case 'NullLiteral':
      return 'none';
    case 'BooleanLiteral':
      return 'boolean';
    case 'UnaryExpression':
      return typeOfUnary(script, at);
    case 'UpdateExpression':
      return 'number';
    case 'BinaryExpression':
      return typeOfOperation(script, at);
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return (
        joinTypes(at.children.filter(({ role }) => role !== 'test').map((each) => typeOf(script, each))) ??
        'unknown'
      );
    case 'AssignmentExpression':
      return typeOfAssignment(script, at);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return typeOfCall(script, at);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return typeOfMember(at);
    case 'Identifier':
      return typeOfName(script, at);
    default:
      return 'unknown';
  }
}

function typeOfUnary(script: Script, operation: Syntax): HoleType {
  const argument = operation.field('argument');
  switch (operation.word('operator')) {
    case '!':
    case 'delete':
      return 'boolean';
    case 'typeof':
      return 'string';
    case 'void':
      return 'none';
    case '+':
      return 'number';
    case '-': {
      const type = argument && typeOf(script, argument);
      return type === 'integer' ? type : 'number';
    }
    default:
      return 'integer';
  }
}

function typeOfOperation(script: Script, operation: Syntax): HoleType {
  const left = operation.field('left');
  const right = operation.field('right');
  if (!left || !right || left.type === 'PrivateName') return 'boolean';
  const operator = operation.word('operator');
  if (operator === '+' && (isTextualNumber(left) || isTextualNumber(right))) return 'string';
  return typeOfBinary(operator, typeOf(script, left), typeOf(script, right));
}

function typeOfAssignment(script: Script, assignment: Syntax): HoleType {
  const value = assignment.field('right');
  return value && assignment.word('operator') === '=' ? typeOf(script, value) : 'unknown';
}

/** `xs.length` counts, and a few constants. */
function typeOfMember(member: Syntax): HoleType {
  const name = member.is('computed') ? '' : (member.field('property')?.word('name') ?? '');
  if (name === 'length' || name === 'size') return 'integer';
  const object = member.field('object')?.word('name');
  return (object === 'Math' || object === 'Number') && /^[A-Z0-9_]+$/.test(name) ? 'number' : 'unknown';
}

/** By declaration. */
const nameTypesOf = fact((_: Script) => new Map<BabelNode, HoleType>());

/** A name has the type of the one value that it is ever given. */
function typeOfName(script: Script, name: Syntax): HoleType {
  const word = name.word('name');
  const resolved = resolveName(script, name);
  if (!resolved)
    return word === 'NaN' || word === 'Infinity' ? 'number' : word === 'undefined' ? 'none' : 'unknown';
  const binding = onlyBinding(script, name);
  if (!binding?.value || binding.keys?.length !== 0 || binding.loop) return 'unknown';
  const nameTypes = nameTypesOf(script);
  const known = nameTypes.get(binding.name);
  if (known) return known;
  // where it is given a value that is made of itself
  nameTypes.set(binding.name, 'unknown');
  const type = typeOf(script, locate(script, binding.value));
  nameTypes.set(binding.name, type);
  return type;
}
