import { clientNamesIn } from '../syntax/own-prelude.ts';
import { isAssertion, type Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** How an expression that names a sink is used. */
export interface Use {
  readonly kind: 'call' | 'value';
  /** The statement: the whole call, or the name itself with what the client was given beside it. */
  readonly whole: Syntax;
  /** The call node, for a call with arguments in brackets. */
  readonly call?: Syntax;
  readonly wrapped: boolean;
}

/** By the parent's type, the fields in which a name is a value that is kept for later calls. */
const KEEPS: Readonly<Record<string, RegExp>> = {
  CallExpression: /^arguments$/,
  OptionalCallExpression: /^arguments$/,
  NewExpression: /^arguments$/,
  VariableDeclarator: /^init$/,
  AssignmentExpression: /^right$/,
  AssignmentPattern: /^right$/,
  ArrayExpression: /^elements$/,
  ObjectProperty: /^value$/,
  ClassProperty: /^value$/,
  ClassPrivateProperty: /^value$/,
  ClassAccessorProperty: /^value$/,
  ReturnStatement: /^argument$/,
  ArrowFunctionExpression: /^body$/,
  ConditionalExpression: /^(?:consequent|alternate)$/,
  LogicalExpression: /^(?:left|right)$/,
  SequenceExpression: /^expressions$/,
  YieldExpression: /^argument$/,
  ExportDefaultDeclaration: /^declaration$/,
  JSXExpressionContainer: /^expression$/,
};

/** Functions that look at the object itself: a wrapped one would answer otherwise. */
const INSPECTS = /^(?:util\.)?(?:inspect|isFunction|isDeepStrictEqual|spyOn|stub|mock|strictEqual|equal)$/;

/**
 * How the expression `callee` is used; `undefined` where it isn't output: a target of an assignment, something that is
 * only compared or tested, a name's other places.
 */
export function classifyUse(script: Script, callee: Syntax): Use | undefined {
  let at = callee;
  let wrapped = isWrappedReceiver(script, callee);
  for (let parent = at.parent; parent; parent = at.parent) {
    if (isAssertion(parent) && at.role === 'expression') at = parent;
    else if (!wrapped && isClientCall(script, parent) && at.role === 'arguments') {
      wrapped = true;
      at = parent;
    } else if (/^(?:Optional)?CallExpression$/.test(parent.type) && at.role === 'callee')
      return { kind: 'call', whole: parent, call: parent, wrapped };
    // console.log`loss=1` is a call of other arguments
    else if (parent.type === 'TaggedTemplateExpression' && at.role === 'tag')
      return { kind: 'call', whole: parent, wrapped };
    else
      return isKept(script, at, parent)
        ? { kind: 'value', whole: wrapped ? at : callee, wrapped }
        : undefined;
  }
  return undefined;
}

/** `_katib_push(console)` of `_katib_push(console).log` */
function isWrappedReceiver(script: Script, callee: Syntax): boolean {
  const receiver = callee.field('object');
  return receiver !== undefined && isClientCall(script, receiver);
}

function isClientCall(script: Script, { type, node }: Syntax): boolean {
  if (type !== 'CallExpression' || clientNamesIn(script).size === 0) return false;
  const { callee } = node as { readonly callee?: { readonly type: string; readonly name?: string } };
  return callee?.type === 'Identifier' && clientNamesIn(script).has(callee.name ?? '');
}

/** What the client was given, of `_katib_push(receiver)`; any other expression is itself. */
export function withoutClient(script: Script, expression: Syntax): Syntax {
  return (isClientCall(script, expression) && expression.list('arguments')[0]) || expression;
}

function isKept(script: Script, at: Syntax, parent: Syntax): boolean {
  if (/^(?:Optional)?MemberExpression$/.test(parent.type)) return isBorrowed(at, parent);
  if (!KEEPS[parent.type]?.test(at.role)) return false;
  if (parent.type === 'ObjectProperty') return parent.parent?.type === 'ObjectExpression';
  if (parent.type === 'SequenceExpression') return parent.to === at.to;
  if (parent.type === 'LogicalExpression' && at.role === 'left') return parent.word('operator') !== '&&';
  if (at.role !== 'arguments') return true;
  const callee = parent.field('callee');
  return !callee || !INSPECTS.test(script.text.slice(callee.from, callee.to));
}

/** `console.log.apply(console, values)`, `console.log.bind(console)` */
function isBorrowed(at: Syntax, member: Syntax): boolean {
  const method = member.field('property');
  if (at.role !== 'object' || !method || !/^(?:call|apply|bind)$/.test(method.word('name'))) return false;
  return member.role === 'callee' && /CallExpression$/.test(member.parent?.type ?? '');
}
