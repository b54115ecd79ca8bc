import type { Script } from '../syntax/script.ts';
import type { Mention } from './sink.ts';
import type { Use } from './use.ts';

/** Why a statement must stay as it is, for people; `undefined` if it may be wrapped. */
export function whyNever(script: Script, _mention: Mention, use: Use): string | undefined {
  for (let child = use.whole, at = child.parent; at; child = at, at = at.parent) {
    if (at.type === 'interpolation' && isSelfDocumenting(script, at, child.to))
      return 'its own source is part of the text: {…=}';
    if (at.type === 'decorator' && use.kind === 'call' && child === use.whole)
      return 'a decorator: Python before 3.9 takes only names and one call there';
  }
  return undefined;
}

/** `f"{print(x)=}"` */
function isSelfDocumenting(script: Script, interpolation: { readonly to: number }, end: number): boolean {
  return /^\s*=/.test(script.text.slice(end, interpolation.to));
}
