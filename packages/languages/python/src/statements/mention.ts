import { once } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath } from '../names/imports.ts';
import type { Lookup } from '../names/lookup.ts';
import type { Use } from '../names/use.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Mention } from './sink.ts';

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
