import type { BabelNode } from '../syntax/babel-node.ts';
import { clientNamesIn } from '../syntax/own-prelude.ts';
import { locate, type Script, withoutAssertion } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { onlyBinding, resolveName } from './resolve.ts';

/** Where an object comes from, as far as its declarations tell. */
export interface Origin {
  /** A dotted path from a global or a module: `console.log`, `process.stdout`, `winston`; bound methods are themselves. */
  readonly path?: string;
  /** The path of what was called to make it: `winston.createLogger`, `console.Console`. */
  readonly madeBy?: string;
}

const UNKNOWN: Origin = {};
const GLOBAL_OBJECT = /^(?:globalThis|global|window|self)$/;

/** Follows an expression through declarations, imports and `require`, at most six steps. */
export function originOf(script: Script, expression: Syntax, depth = 0): Origin {
  if (depth > 6) return UNKNOWN;
  const at = withoutAssertion(expression);
  switch (at.type) {
    case 'Identifier':
      return originOfName(script, at, depth);
    case 'ThisExpression':
      return { path: 'this' };
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return originOfMember(script, at, depth);
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return originOfCall(script, at, depth);
    case 'AwaitExpression':
    case 'ParenthesizedExpression': {
      const inner = at.field('argument') ?? at.field('expression');
      return inner ? originOf(script, inner, depth + 1) : UNKNOWN;
    }
    case 'ImportExpression':
      return moduleNamed(at.field('source'));
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return agree(
        at.children.filter(({ role }) => role !== 'test').map((each) => originOf(script, each, depth + 1)),
      );
    default:
      return UNKNOWN;
  }
}

function originOfName(script: Script, name: Syntax, depth: number): Origin {
  if (!resolveName(script, name)) return { path: name.word('name') };
  const { keys, value, module } = onlyBinding(script, name) ?? {};
  if (module !== undefined && keys) return { path: [module, ...keys].join('.') };
  if (!value || !keys) return UNKNOWN;
  const origin = originOf(script, locate(script, value), depth + 1);
  return keys.length === 0 ? origin : propertyOf(origin, keys);
}

/** The name of a member; `undefined` for one that is computed at run time, or private. */
export function memberName({ node }: Syntax): string | undefined {
  const { property, computed } = node as {
    readonly computed?: boolean;
    readonly property?: BabelNode;
  };
  if (computed) return property?.type === 'StringLiteral' ? (property.value as string) : undefined;
  return property?.type === 'Identifier' ? (property.name as string) : undefined;
}

function originOfMember(script: Script, member: Syntax, depth: number): Origin {
  const object = member.field('object');
  const name = memberName(member);
  if (!object || name === undefined) return UNKNOWN;
  return propertyOf(originOf(script, object, depth + 1), [name]);
}

function propertyOf({ path }: Origin, keys: readonly string[]): Origin {
  if (path === undefined) return UNKNOWN;
  const [first, ...rest] = GLOBAL_OBJECT.test(path) ? keys : [path, ...keys];
  return { path: [first, ...rest.filter((key) => key !== 'default')].join('.') };
}

function originOfCall(script: Script, call: Syntax, depth: number): Origin {
  const callee = call.field('callee');
  if (!callee) return UNKNOWN;
  const args = call.list('arguments');
  const [first] = args;
  // what the client hands back stands for what it is given
  if (callee.type === 'Identifier' && clientNamesIn(script).has(callee.word('name')))
    return first ? originOf(script, first, depth) : UNKNOWN;
  const { path, madeBy } = originOf(script, callee, depth + 1);
  const loads =
    path === 'require' || path === 'process.getBuiltinModule' || madeBy === 'module.createRequire';
  if (loads && call.type !== 'NewExpression') return moduleNamed(first);
  if (path?.endsWith('.bind')) return args.length > 1 ? UNKNOWN : { path: path.slice(0, -'.bind'.length) };
  return path === undefined ? UNKNOWN : { madeBy: path };
}

function moduleNamed(source: Syntax | undefined): Origin {
  return source?.type === 'StringLiteral' ? { path: source.word('value').replace(/^node:/, '') } : UNKNOWN;
}

/** What all say; nothing if they differ. */
function agree([first, ...others]: readonly Origin[]): Origin {
  if (!first) return UNKNOWN;
  return others.every(({ path, madeBy }) => path === first.path && madeBy === first.madeBy) ? first : UNKNOWN;
}
