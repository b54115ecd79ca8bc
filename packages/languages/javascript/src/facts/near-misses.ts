import type { NearMiss } from '@katib-push/core';
import { originOf } from '../names/origin.ts';
import { callAt } from '../syntax/call-at.ts';
import type { Script } from '../syntax/script.ts';

/** Names of functions that print what they are given, as people call them. */
const TOKENS =
  /\b(?:print|log|echo|info)(?:[A-Z_]\w*)?\s*\(|\b[a-z]\w*(?:Print|Log|Echo|Info)(?:[A-Z_]\w*)?\s*\(/g;
const RELATIVE = /^\.{1,2}\//;

/** Calls of functions that another file of the program gives, and that print what they are given by their names. */
export function findNearMisses(script: Script): readonly NearMiss[] {
  const misses: NearMiss[] = [];
  for (const { index } of script.text.matchAll(TOKENS)) {
    const found = callAt(script, index);
    if (found?.call.type !== 'CallExpression') continue;
    const { callee, call } = found;
    if (!RELATIVE.test(originOf(script, callee).path ?? '')) continue;
    const sink = script.text.slice(callee.from, callee.to);
    misses.push({ from: call.from, to: call.to, sink, kind: 'wrapper' });
  }
  return misses;
}
