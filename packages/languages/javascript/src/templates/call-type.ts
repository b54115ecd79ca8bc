import type { HoleType } from '@katib-push/core';
import { memberName, originOf } from '../names/origin.ts';
import { resolveName } from '../names/resolve.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';

/** Global functions that return one kind of value, whatever they are given. */
const RESULTS: Readonly<Record<string, HoleType>> = {
  Number: 'number',
  parseFloat: 'number',
  parseInt: 'number',
  String: 'string',
  Boolean: 'boolean',
  isNaN: 'boolean',
  isFinite: 'boolean',
  'Number.parseFloat': 'number',
  'Number.parseInt': 'number',
  'Number.isInteger': 'boolean',
  'Number.isFinite': 'boolean',
  'Number.isNaN': 'boolean',
  'Date.now': 'integer',
  'performance.now': 'number',
  'process.uptime': 'number',
  'JSON.stringify': 'string',
  'Array.isArray': 'boolean',
  'Math.round': 'integer',
  'Math.floor': 'integer',
  'Math.ceil': 'integer',
  'Math.trunc': 'integer',
  'Math.sign': 'integer',
};

/** Methods that only one kind of object has, or that return the same on all that have them. */
const METHODS: ReadonlyMap<string, HoleType> = new Map<string, HoleType>(
  (
    [
      ['number', 'toFixed toPrecision toExponential getTime'],
      [
        'string',
        'toISOString toLocaleString toUpperCase toLowerCase trim trimEnd trimStart padStart padEnd repeat join',
      ],
      ['integer', 'indexOf'],
      ['boolean', 'includes startsWith endsWith test'],
    ] as const
  ).flatMap(([type, names]) => names.split(' ').map((name) => [name, type] as const)),
);

/** What a call returns, as far as that is certain. A global that the script shadows counts as unknown. */
export function typeOfCall(script: Script, call: Syntax): HoleType {
  const callee = call.field('callee');
  if (!callee) return 'unknown';
  const path = globalPath(script, callee);
  if (path !== undefined) return RESULTS[path] ?? 'number';
  const method = memberName(callee);
  const object = callee.field('object');
  if (method === undefined || !object) return 'unknown';
  if (method === 'toString') {
    const type = typeOf(script, object);
    return type === 'integer' || type === 'number' ? type : 'string';
  }
  if (method === 'format' && originOf(script, callee).path === 'util.format') return 'string';
  if (method === 'concat') return typeOf(script, object) === 'string' ? 'string' : 'unknown';
  if (method === 'padStart' || method === 'padEnd') return padded(script, object);
  return METHODS.get(method) ?? 'unknown';
}

/** Whether the value is text that looks like a number: `loss.toFixed(4)`. */
export function isTextualNumber(value: Syntax): boolean {
  const callee = value.field('callee');
  return callee !== undefined && /^to(?:Fixed|Precision|Exponential|String)$/.test(memberName(callee) ?? '');
}

/** A number that is filled up with spaces or zeros still reads as text. */
function padded(script: Script, object: Syntax): HoleType {
  const type = typeOf(script, object);
  return type === 'integer' || type === 'number' ? 'unknown' : 'string';
}

/** `Math.max`, `Number`: a path of those that are known here, from a name that nothing in the script declares. */
export function globalPath(script: Script, callee: Syntax): string | undefined {
  const object = callee.type === 'Identifier' ? callee : callee.field('object');
  if (object?.type !== 'Identifier') return undefined;
  const name = object.word('name');
  const path = object === callee ? name : `${name}.${memberName(callee)}`;
  const isKnown = Object.hasOwn(RESULTS, path) || name === 'Math';
  return isKnown && !resolveName(script, object) ? path : undefined;
}
