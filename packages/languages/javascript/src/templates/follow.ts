import { fact, followValues, type TemplatePart } from '@katib-push/core';
import { onlyBinding } from '../names/resolve.ts';
import { locate, type Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** Names whose value is being followed. */
const followingIn = fact((_: Script) => new Set<Syntax>());

/** The text of a name that is given one value and no other: `const tag = "loss"`; `undefined` for any other. */
export function followName(script: Script, use: Syntax): readonly TemplatePart[] | undefined {
  const binding = onlyBinding(script, use);
  if (!binding?.value || binding.keys?.length !== 0) return undefined;
  const value = locate(script, binding.value);
  const isKnown = typeOf(script, value) === 'string' || /^(?:Numeric|Boolean|Null)Literal$/.test(value.type);
  if (!isKnown) return undefined;
  return followValues(
    followingIn(script),
    use,
    () => [value],
    (each) => renderText(script, each),
  );
}
