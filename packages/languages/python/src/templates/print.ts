import { concatenate, joinWith, literal, type TemplatePart } from '@katib-push/core';
import type { Call } from '../names/call.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { renderText } from './render.ts';

/** What `print(*values, sep, end)` writes. */
export function renderPrint(script: Script, call: Call): readonly TemplatePart[] {
  const sep = renderOption(script, call.keywords.get('sep'), ' ');
  const end = renderOption(script, call.keywords.get('end'), '\n');
  const values = call.positional.map((value) => renderText(script, value));
  return concatenate(joinWith(sep, values), end);
}

/** `sep` and `end`: `None` means the default. */
function renderOption(script: Script, value: Syntax | undefined, otherwise: string): readonly TemplatePart[] {
  if (!value || value.type === 'none') return literal(otherwise);
  return renderText(script, value);
}
