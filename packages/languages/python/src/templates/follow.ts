import type { TemplatePart } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

export function followName(_script: Script, _name: Syntax): readonly TemplatePart[] | undefined {
  return undefined;
}
