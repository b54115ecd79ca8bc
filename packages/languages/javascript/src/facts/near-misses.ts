import type { NearMiss } from '@katib-push/core';
import { originOf } from '../names/origin.ts';
import { callAt } from '../syntax/call-at.ts';
import type { Script } from '../syntax/script.ts';
import { candidates } from './modules.ts';

/** Names of functions that print what they are given, as people call them. */
const TOKENS =
  /\b(?:print|log|echo|info|report|show)(?:[A-Z_]\w*)?\s*\(|\b[a-z]\w*(?:Print|Log|Echo|Info)(?:[A-Z_]\w*)?\s*\(/g;
const RELATIVE = /^\.{1,2}\//;

/** What is known by its package: it prints by itself, or hands metrics to another system. */
const KNOWN: readonly (Pick<NearMiss, 'kind' | 'form'> & {
  readonly loads: RegExp;
  readonly call: RegExp;
})[] = [
  {
    // what shows the progress of tfjs-node
    kind: 'library',
    form: '12ms 345us/step - {}=0.123',
    loads: /["'`]@tensorflow\/tfjs-node/,
    call: /\.(?:fit|fitDataset)$/,
  },
  { kind: 'tracker', loads: /["'`]@tensorflow\/tfjs-node/, call: /\w*[wW]riter\.scalar$/ },
  { kind: 'tracker', loads: /["'`]@?wandb\b/, call: /^(?:wandb|run)\.log$/ },
];
const CALLS = /\.(?:fit|fitDataset|scalar|log)[ \t]*\(/g;

/**
 * Calls of functions that another file of the program gives, and that print what they are given by their names; and what is
 * known of packages.
 */
export function findNearMisses(script: Script): readonly NearMiss[] {
  const misses: NearMiss[] = [];
  for (const { index } of script.text.matchAll(TOKENS)) {
    const found = callAt(script, index);
    if (found?.call.type !== 'CallExpression') continue;
    const { callee, call } = found;
    const { path = '' } = originOf(script, callee);
    if (!RELATIVE.test(path)) continue;
    const sink = script.text.slice(callee.from, callee.to);
    misses.push({ from: call.from, to: call.to, sink, kind: 'wrapper', files: filesOf(path) });
  }
  const known = KNOWN.filter(({ loads }) => loads.test(script.text));
  for (const { index } of known.length > 0 ? script.text.matchAll(CALLS) : []) {
    const found = callAt(script, index + 1);
    if (found?.call.type !== 'CallExpression') continue;
    const { from, to } = found.call;
    const sink = script.text.slice(found.callee.from, found.callee.to);
    const one = known.find(({ call }) => call.test(sink));
    if (one) misses.push({ from, to, sink, kind: one.kind, ...(one.form ? { form: one.form } : {}) });
  }
  return misses;
}

/** The files that may define `./helpers.log`: those of `./helpers`. */
function filesOf(path: string): readonly string[] {
  const names = path.replace(/^\.\//, '').split('.');
  return names.slice(0, -1).flatMap((_, index) => candidates(names.slice(0, index + 1).join('.')));
}
