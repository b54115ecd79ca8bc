import type { Script } from './script.ts';
import type { Syntax } from './syntax.ts';

/** The call whose function's last name stands at a position: `log` of `console.log(x)`. `undefined` if none does. */
export function callAt(
  script: Script,
  at: number,
): { readonly callee: Syntax; readonly call: Syntax } | undefined {
  const name = script.root.at(at);
  if (name.type !== 'Identifier') return undefined;
  const callee = name.role === 'property' && name.parent ? name.parent : name;
  const call = callee.parent;
  if (callee.role !== 'callee' || !call || !/(?:Call|New)Expression$/.test(call.type)) return undefined;
  return { callee, call };
}
