import type { TemplatePart } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { hole } from './parts.ts';

export function renderOperator(script: Script, operator: Syntax): readonly TemplatePart[] {
  return hole(script, operator, typeOf(script, operator));
}
