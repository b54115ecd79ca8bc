import { type HoleType, sourceOf, type TemplatePart } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export { concatenate, holeNamed, joinWith, knownText, literal } from '@katib-push/core';

/** Text that an expression gives at run time. */
export function hole(script: Script, expression: Syntax, type: HoleType): readonly TemplatePart[] {
  return [{ kind: 'hole', expression: sourceOf(script, expression), type }];
}
