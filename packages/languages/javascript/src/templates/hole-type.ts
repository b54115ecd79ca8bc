import { fact, type HoleType, isOpaque } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import { onlyBinding, resolveName } from '../names/resolve.ts';
import type { BabelNode } from '../syntax/babel-node.ts';
import { locate, type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What is certain of the text that an expression prints, wherever its operands come from. */
export function typeOf(script: Script, expression: Syntax): HoleType {
  const at = withoutAssertion(expression);
  if (isOpaque(script, at) && /^(?:Identifier|NumericLiteral)$/.test(at.type))
    return at.type === 'Identifier' ? 'unknown' : 'number';
  switch (at.type) {
    case 'NumericLiteral':
      return 'number';
    case 'StringLiteral':
    case 'TemplateLiteral':
      return 'string';
    case 'NullLiteral':
      return 'none';
    case 'BooleanLiteral':
      return 'boolean';
    case 'UnaryExpression':
      return /^[-+]$/.test(at.word('operator')) ? 'number' : 'unknown';
    case 'BinaryExpression':
      return typeOfOperation(script, at);
    case 'CallExpression':
      return typeOfCall(script, at);
    case 'Identifier':
      return typeOfName(script, at);
    default:
      return 'unknown';
  }
}

/** Whether the value is text; numbers as text (`l.toFixed(4)`) are. */
export function isText(script: Script, value: Syntax): boolean {
  const at = withoutAssertion(value);
  return typeOf(script, at) === 'string' || isTextualNumber(at);
}

/** Whether the value is text that looks like a number: `loss.toFixed(4)`. */
function isTextualNumber(value: Syntax): boolean {
  const callee = value.field('callee');
  return callee !== undefined && /^to(?:Fixed|Precision|Exponential)$/.test(memberName(callee) ?? '');
}

/** Arithmetic other than `+` gives numbers, whatever it is given. */
function typeOfOperation(script: Script, operation: Syntax): HoleType {
  const [left, right] = [operation.field('left'), operation.field('right')];
  const operator = operation.word('operator');
  if (operator !== '+') return /^(?:[-*/%]|\*\*)$/.test(operator) ? 'number' : 'unknown';
  if (!left || !right) return 'unknown';
  if (isText(script, left) || isText(script, right)) return 'string';
  return typeOf(script, left) === 'number' && typeOf(script, right) === 'number' ? 'number' : 'unknown';
}

/** Methods that give text, whatever they are asked of. */
const TEXTUAL =
  /^(?:to(?:String|ISOString|LocaleString|UpperCase|LowerCase)|trim|padStart|padEnd|repeat|join)$/;

function typeOfCall(script: Script, call: Syntax): HoleType {
  const callee = call.field('callee');
  if (!callee) return 'unknown';
  const path = globalPath(script, callee);
  if (path !== undefined) return /^[JS]/.test(path) ? 'string' : 'number';
  if (isTextualNumber(call)) return 'number';
  return TEXTUAL.test(memberName(callee) ?? '') || isUtilFormat(script, callee) ? 'string' : 'unknown';
}

/** `Math.max`, `Number`: a path of those that are known here, from a name that nothing in the script declares. */
export function globalPath(script: Script, callee: Syntax): string | undefined {
  const object = callee.type === 'Identifier' ? callee : callee.field('object');
  if (object?.type !== 'Identifier') return undefined;
  const path = object === callee ? callee.word('name') : `${object.word('name')}.${memberName(callee)}`;
  const isKnown = /^(?:String|Number|parseFloat|parseInt|JSON\.stringify|Math\.\w+)$/.test(path);
  return isKnown && !resolveName(script, object) ? path : undefined;
}

export function isUtilFormat(script: Script, callee: Syntax): boolean {
  const name = memberName(callee) ?? callee.word('name');
  return name === 'format' && originOf(script, callee).path === 'util.format';
}

/** By declaration. */
const nameTypesOf = fact((_: Script) => new Map<BabelNode, HoleType>());

/** A name has the type of the one value that it is ever given. */
function typeOfName(script: Script, name: Syntax): HoleType {
  const binding = onlyBinding(script, name);
  if (!binding?.value || binding.keys?.length !== 0) return 'unknown';
  const nameTypes = nameTypesOf(script);
  const known = nameTypes.get(binding.name);
  if (known) return known;
  // where it is given a value that is made of itself
  nameTypes.set(binding.name, 'unknown');
  const type = typeOf(script, locate(script, binding.value));
  nameTypes.set(binding.name, type);
  return type;
}
