import type { Script } from './script.ts';
import type { Syntax } from './syntax.ts';

/** The expression that ends with a name: `logging.info` of its `info`; a bare name is itself. */
export function calleeEndingWith(name: Syntax): Syntax {
  const { parent } = name;
  return parent?.type === 'attribute' && parent.to === name.to ? parent : name;
}

/** A call, what is called, and the last name of that. */
export interface CallPlace {
  readonly name: Syntax;
  readonly callee: Syntax;
  readonly call: Syntax;
}

/** The call whose callee's last name stands at a position: `info` of `logging.info(x)`. `undefined` if none does. */
export function callAt(script: Script, at: number): CallPlace | undefined {
  const name = script.root.at(at);
  if (name.type !== 'identifier') return undefined;
  const callee = calleeEndingWith(name);
  const call = callee.parent;
  return call?.type === 'call' && call.from === callee.from ? { name, callee, call } : undefined;
}

/** The calls whose callee's last name begins where the pattern matches, in source order. */
export function callsAt(script: Script, pattern: RegExp): readonly CallPlace[] {
  return [...script.text.matchAll(pattern)].flatMap(({ index }) => callAt(script, index) ?? []);
}
