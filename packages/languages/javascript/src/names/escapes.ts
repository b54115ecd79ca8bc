import { isAssertion, type Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { keyOf, namesOfPattern } from './binding.ts';
import { isConsole, streamOf } from './holder.ts';
import { occurrencesOf } from './occurrences.ts';
import { type Origin, originOf } from './origin.ts';
import { onlyBinding, resolveName } from './resolve.ts';

/** Where consoles and output streams go that no declaration leads back to. */
export interface Escapes {
  /** Whether there is any: then what is called like one of their methods may be one, unless it surely is something else. */
  readonly any: boolean;
  /** Places where one is handed to code that need not stand in this text. */
  readonly away: readonly Syntax[];
  /** Names without a declaration that are given one. */
  readonly globals: ReadonlySet<string>;
}

const NONE: Escapes = { any: false, away: [], globals: new Set() };

/** A console or a stream that no member of is taken at once. */
const REFERENCE =
  /\b(?:console|stdout|stderr|Console(?=\s*\())\b(?<!_katib_push(?:_\d+)?\([\w.]+)(?!\s*(?:\?\.|[.[]))/g;

/** What is followed by a member, or a call of one, is used here and nowhere else. */
const MEMBER = /\s*!?\s*(?:\?\.|[.[])/y;

/** By the parent's type, the fields from which a value goes on to where nobody knows. */
const HANDS_ON: Readonly<Record<string, RegExp>> = {
  ObjectProperty: /^value$/,
  ArrayExpression: /^elements$/,
  SpreadElement: /^argument$/,
  ClassProperty: /^value$/,
  ClassPrivateProperty: /^value$/,
  ClassAccessorProperty: /^value$/,
  ReturnStatement: /^argument$/,
  ArrowFunctionExpression: /^body$/,
  YieldExpression: /^argument$/,
  ThrowStatement: /^argument$/,
  ExportDefaultDeclaration: /^declaration$/,
  ExportSpecifier: /^local$/,
  JSXExpressionContainer: /^expression$/,
};

/**
 * Functions that print nothing through what they are given, that are looked at by themselves (`new Console`, `pipe`,
 * children), or that only pass it on as `this`.
 */
const KEEPS_IT =
  /(?:^|\.)(?:Console|createInterface|cursorTo|clearLine|moveCursor|clearScreenDown|finished|pipe|pipeline|spawn|spawnSync|execFile|execFileSync|execSync|fork|execa|inspect|isDeepStrictEqual|spyOn|stub|mock|strictEqual|equal|assert|ok|keys|getOwnPropertyNames|getOwnPropertyDescriptor|defineProperty|freeze|call|apply|bind)$/;

function isHolder(origin: Origin): boolean {
  return isConsole(origin) || streamOf(origin) !== undefined;
}

/**
 * Follows every console and every output stream to where it is used.
 *
 *     console.log(x)                      used here
 *     const c = console; c.log(x)         a name that leads back to it
 *     let out; if (x) out = process.stdout; out.write(y)     a name that may: it escapes
 *     train(console); this.out = console                     it escapes, and away from here
 */
export function findEscapes(script: Script): Escapes {
  const { text, root } = script;
  const references = [...text.matchAll(REFERENCE)];
  if (references.length === 0) return NONE;
  let any = false;
  const away = new Map<Syntax['node'], Syntax>();
  const globals = new Set<string>();
  const followed = new Set<string>();

  /** Looks at all places of a name that holds one, or may. */
  const follow = (name: Syntax): void => {
    const word = name.word('name');
    const scope = resolveName(script, name)?.scope;
    if (!scope) globals.add(word);
    const { from, to } = scope ?? root;
    const key = `${from} ${to} ${word}`;
    if (followed.has(key)) return;
    followed.add(key);
    for (const at of occurrencesOf(text, word, from, to)) {
      MEMBER.lastIndex = at + word.length;
      if (MEMBER.test(text)) continue;
      const place = root.at(at);
      if (place.type !== 'Identifier' || place.from !== at || place.role === 'property') continue;
      if (resolveName(script, place)?.scope.node === scope?.node) flow(place);
    }
  };

  /** Where the value of an expression goes. */
  const flow = (reference: Syntax): void => {
    const note = (isAway: boolean): void => {
      any = true;
      if (isAway) away.set(reference.node, reference);
    };
    let isSure = true;
    let at = reference;
    for (let parent = at.parent; parent; at = parent, parent = at.parent) {
      if (isAssertion(parent)) continue;
      const { role } = at;
      switch (parent.type) {
        case 'CallExpression':
        case 'OptionalCallExpression':
        case 'NewExpression':
          if (role !== 'arguments') return;
          if (script.clientNames().has(parent.field('callee')?.word('name') ?? '')) continue;
          if (!isKeptBy(script, at)) note(true);
          return;
        case 'MemberExpression':
        case 'OptionalMemberExpression':
          if (role === 'object' && !isSure) note(false);
          return;
        case 'ConditionalExpression':
          if (role === 'test') return;
          break;
        case 'LogicalExpression':
          if (role === 'left' && parent.word('operator') === '&&') return;
          break;
        case 'SequenceExpression':
          if (parent.to !== at.to) return;
          break;
        case 'AwaitExpression':
          break;
        case 'AssignmentPattern':
        case 'AssignmentExpression': {
          const target = parent.field('left');
          if (role !== 'right' || !target) return;
          note(isLost(target));
          if (target.type === 'Identifier') follow(target);
          if (parent.type === 'AssignmentPattern' || parent.parent?.type === 'ExpressionStatement') return;
          break;
        }
        case 'VariableDeclarator': {
          const target = parent.field('id');
          if (role !== 'init' || !target) return;
          const isExported = parent.parent?.parent?.type === 'ExportNamedDeclaration';
          const leads =
            target.type === 'Identifier'
              ? onlyBinding(script, target) !== undefined
              : [...namesOfPattern(target.node, [])].every(({ keys }) => keys);
          if (isExported || !isSure || !leads) note(isExported || isLost(target));
          if (target.type === 'Identifier') follow(target);
          return;
        }
        default:
          if (!HANDS_ON[parent.type]?.test(role)) return;
          if (parent.type === 'ObjectProperty' && parent.parent?.type === 'ObjectPattern') return;
          if (parent.type === 'ArrayExpression' && parent.parent?.type === 'ForOfStatement') note(false);
          else if (!isKeptBy(script, at)) note(true);
          return;
      }
      isSure = false;
    }
  };

  for (const { index } of references) {
    const found = holderAt(root.at(index));
    if (!found || !isHolder(originOf(script, found))) continue;
    if (isDeclared(found)) follow(found);
    else flow(found);
  }
  return { any, away: [...away.values()], globals };
}

/** The expression, or the name that is declared, that a word stands for. */
function holderAt(word: Syntax): Syntax | undefined {
  const { parent, role } = word;
  if (!parent) return undefined;
  // require("console"), import c from "console"
  if (word.type === 'StringLiteral')
    return parent.type === 'ImportDeclaration' ? parent.list('specifiers')[0]?.field('local') : parent;
  if (word.type !== 'Identifier') return undefined;
  const isMember = role === 'property' && !parent.is('computed');
  const expression = isMember ? parent : word;
  // new Console(process.stdout)
  if (word.word('name') === 'Console') return expression.role === 'callee' ? expression.parent : undefined;
  // { stdout: out } = process, import { stdout as out }
  if (role === 'key') return withoutDefault(parent.field('value'));
  return role === 'imported' ? parent.field('local') : expression;
}

/** `out` of `out = null` in a pattern. */
function withoutDefault(target: Syntax | undefined): Syntax | undefined {
  return target?.type === 'AssignmentPattern' ? target.field('left') : target;
}

/** Whether a name stands where it is declared, in a pattern or an import. */
function isDeclared(name: Syntax): boolean {
  if (name.type !== 'Identifier') return false;
  const { role, parent } =
    name.role === 'left' && name.parent?.type === 'AssignmentPattern' ? name.parent : name;
  return /^Import/.test(parent?.type ?? '') || (role === 'value' && parent?.parent?.type === 'ObjectPattern');
}

/** Whether a target of an assignment is neither a name nor a pattern that says by what names the methods go. */
function isLost({ type, children }: Syntax): boolean {
  if (type === 'Identifier') return false;
  if (type !== 'ObjectPattern') return true;
  return children.some((each) => each.type === 'ObjectProperty' && keyOf(each.node) === undefined);
}

/** Whether the call that it is an argument of, perhaps within objects and lists, does not print through it. */
function isKeptBy(script: Script, value: Syntax): boolean {
  let at = value;
  while (at.parent && /^(?:Object(?:Property|Expression)|ArrayExpression)$/.test(at.parent.type))
    at = at.parent;
  if (at.role !== 'arguments') return false;
  const call = at.parent;
  const callee = call?.field('callee');
  if (!call || !callee) return false;
  const name = script.text.slice(callee.from, callee.to).replace(/\s+/g, '');
  // what is given to Object.assign first gets properties, and no name
  return KEEPS_IT.test(name) || (name === 'Object.assign' && call.list('arguments')[0]?.node === at.node);
}

/** Whether what has that origin may be a console or a stream that escaped, or a method of one: nothing says what it is. */
export function mayHaveEscaped(script: Script, { path, madeBy }: Origin): boolean {
  const { any, globals } = script.escapes();
  if (!any) return false;
  if (madeBy !== undefined) return /^(?:Proxy$|Object\.|\.{1,2}\/)/.test(madeBy);
  return path === undefined || /^this(?:\.|$)/.test(path) || globals.has(path);
}
