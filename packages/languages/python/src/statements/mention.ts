import { once } from '@katib-push/core';
import { pathsOf } from '../names/imports.ts';
import type { Script } from '../syntax/script.ts';
import { textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Lookup } from './lookup.ts';
import type { Call, Mention } from './sink.ts';
import { type Use, withoutWrapping } from './use.ts';

/** Everything that a sink family asks of a mention. */
export function describeMention(script: Script, name: Syntax, callee: Syntax, use: Use): Mention {
  const receiver = callee === name ? undefined : callee.field('object');
  const path = dottedPath(script, callee);
  return {
    script,
    name,
    word: textOf(script, name),
    callee,
    ...(receiver ? { receiver } : {}),
    ...describeCall(script, use),
    ...(path === undefined ? {} : { path }),
  };
}

/** The same of a name that is looked up: `getattr(sys.stdout, "write")` is as good as `sys.stdout.write`. */
export function describeLookup(script: Script, { callee, receiver, word }: Lookup, use: Use): Mention {
  const isNamespace = callee.type === 'subscript';
  const owner = isNamespace ? 'builtins' : dottedPath(script, receiver);
  return {
    script,
    name: callee,
    word: word ?? '',
    callee,
    receiver,
    ...describeCall(script, use),
    ...(owner === undefined || word === undefined ? {} : { path: `${owner}.${word}` }),
  };
}

function describeCall(script: Script, { call, called }: Use): Pick<Mention, 'call' | 'written'> {
  if (!call) return {};
  return { call: once(() => readCall(script, call)), written: script.text.slice(called, call.to) };
}

/** `np.log` → `numpy.log`; `undefined` for anything but names joined by dots. What is wrapped is what it was before. */
export function dottedPath(script: Script, given: Syntax): string | undefined {
  const expression = given.type === 'call' ? withoutWrapping(script, given) : given;
  if (expression.type !== 'identifier' && expression.type !== 'attribute') return undefined;
  const text = textOf(script, expression).replace(/[\s\\]+/g, '');
  if (!/^[\w\u0080-\uFFFF.]+$/.test(text)) return undefined;
  const dot = text.indexOf('.');
  const head = dot < 0 ? text : text.slice(0, dot);
  return (pathsOf(script).get(head) ?? head) + text.slice(head.length);
}

export function readCall(script: Script, call: Syntax): Call {
  const list = call.field('arguments');
  if (!list) return { positional: [], keywords: new Map(), openKeywords: false };
  if (list.type === 'generator_expression')
    return { positional: [list], keywords: new Map(), openKeywords: false };
  const positional: Syntax[] = [];
  const keywords = new Map<string, Syntax>();
  let openKeywords = false;
  for (const part of list.parts) {
    if (part.type === 'dictionary_splat') openKeywords = true;
    else if (part.type === 'keyword_argument') {
      const [name, value] = part.parts;
      if (name && value) keywords.set(textOf(script, name), value);
    } else positional.push(part);
  }
  return { positional, keywords, openKeywords };
}
