import { type HoleType, isOpaque, joinTypes } from '@katib-push/core';
import type { Binding } from '../names/binding.ts';
import { type Resolved, resolveName } from '../names/resolve.ts';
import type { Write } from '../names/write.ts';
import { locate, type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isTextualNumber, typeOfCall } from './call-type.ts';
import { typeOfBinary } from './type-rules.ts';

/** What is certain of the text that an expression prints. */
export function typeOf(script: Script, expression: Syntax): HoleType {
  return infer(script, expression) ?? 'unknown';
}

/** As `typeOf`; `undefined` for a name whose type is just being found: it adds nothing to its own type. */
export function infer(script: Script, expression: Syntax): HoleType | undefined {
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
      return joinTypes(at.children.filter(({ role }) => role !== 'test').map((each) => infer(script, each)));
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

function typeOfUnary(script: Script, operation: Syntax): HoleType | undefined {
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
      const type = argument && infer(script, argument);
      return type === 'integer' ? type : 'number';
    }
    default:
      return 'integer';
  }
}

function typeOfOperation(script: Script, operation: Syntax): HoleType | undefined {
  const left = operation.field('left');
  const right = operation.field('right');
  if (!left || !right || left.type === 'PrivateName') return 'boolean';
  const operator = operation.word('operator');
  if (operator === '+' && (isTextualNumber(left) || isTextualNumber(right))) return 'string';
  return typeOfBinary(operator, infer(script, left), infer(script, right));
}

function typeOfAssignment(script: Script, assignment: Syntax): HoleType | undefined {
  const value = assignment.field('right');
  return value && assignment.word('operator') === '=' ? infer(script, value) : 'unknown';
}

/** `xs.length` counts, and a few constants. */
function typeOfMember(member: Syntax): HoleType {
  const name = member.is('computed') ? '' : (member.field('property')?.word('name') ?? '');
  if (name === 'length' || name === 'size') return 'integer';
  const object = member.field('object')?.word('name');
  return (object === 'Math' || object === 'Number') && /^[A-Z0-9_]+$/.test(name) ? 'number' : 'unknown';
}

/** A name has a type if all that gives it a value agrees. */
function typeOfName(script: Script, name: Syntax): HoleType | undefined {
  const word = name.word('name');
  const resolved = resolveName(script, name);
  if (!resolved)
    return word === 'NaN' || word === 'Infinity' ? 'number' : word === 'undefined' ? 'none' : 'unknown';
  const known = script.nameTypes;
  const key = `${resolved.scope.from}:${resolved.scope.type}:${word}`;
  if (known.has(key)) return known.get(key);
  known.set(key, undefined);
  const type = typeOfResolved(script, resolved) ?? 'unknown';
  known.set(key, type);
  return type;
}

/** What declarations and `=` agree on, and then what the other operators make of that. */
function typeOfResolved(script: Script, { bindings, writes }: Resolved): HoleType | undefined {
  const all = writes();
  if (!all) return 'unknown';
  const isPlain = ({ operator }: Write) => operator === '=' || /^(?:\|\||&&|\?\?)=$/.test(operator);
  const given = joinTypes([
    ...bindings.map((binding) => typeOfBinding(script, binding)),
    ...all.filter(isPlain).map(({ value }) => value && infer(script, value)),
  ]);
  const changed = all.filter((write) => !isPlain(write)).map((write) => typeOfChange(script, write, given));
  return joinTypes([given, ...changed]);
}

function typeOfBinding(script: Script, { kind, value, keys, loop }: Binding): HoleType | undefined {
  if (kind === 'other' || kind === 'import' || loop) return 'unknown';
  // `let best;` is undefined until something is assigned
  if (!value) return undefined;
  return keys?.length === 0 ? infer(script, locate(script, value)) : 'unknown';
}

function typeOfChange(script: Script, { operator, value }: Write, given: HoleType | undefined) {
  if (operator === '++' || operator === '--') return given;
  return value ? typeOfBinary(operator.slice(0, -1), given, infer(script, value)) : 'unknown';
}
