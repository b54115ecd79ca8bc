import type { Mention } from './sink.ts';

/** Why the form of a statement rules out the two insertions; `undefined` if it doesn't. */
export function whyCannot({ callee, receiver, use }: Mention): string | undefined {
  if (use.kind === 'value') {
    if (receiver?.type === 'Super') return SUPER;
    return undefined;
  }
  if (!receiver)
    return isWithinWith(callee.parent) ? 'within a with statement, the name may be a method' : undefined;
  if (receiver.type === 'Super') return SUPER;
  // a?.logger.info(x): everything behind ?. is skipped at once, which a call in the middle would end
  if (callee.type === 'OptionalMemberExpression' && !callee.is('optional'))
    return 'an optional chain leads to it: what ?. skips must stay one chain';
  return undefined;
}

const SUPER = 'a method of super can only be called by that name';

function isWithinWith(node: Mention['callee'] | undefined): boolean {
  for (let at = node; at; at = at.parent) if (at.type === 'WithStatement') return true;
  return false;
}
