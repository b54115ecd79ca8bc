import type { TemplatePart } from '@katib-push/core';
import type { Syntax } from '../syntax/syntax.ts';
import { literal } from './parts.ts';

/** A number as JavaScript prints it: `1_000` as `1000`, `0.50` as `0.5`, `1e21` as `1e+21`. */
export function renderNumber(number: Syntax): readonly TemplatePart[] {
  return literal(String(number.node.value));
}
