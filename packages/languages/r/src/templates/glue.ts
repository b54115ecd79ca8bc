import type { Call } from '../call.ts';
import type { Script } from '../script.ts';
import { joined, literal, type Parts, someText } from './parts.ts';
import { renderText } from './render.ts';
import { stringValue } from './string.ts';

/** `glue("loss={loss}")`: each `{…}` is a hole, `{{` a brace. Several strings are joined. */
export function renderGlue(script: Script, { positional, named }: Call, depth: number): Parts | undefined {
  if (named.has('.open') || named.has('.close') || named.has('.sep')) return undefined;
  return joined(
    ...positional.map((value) => {
      const text = stringValue(script, value);
      return text === undefined ? renderText(script, value, depth) : renderBraces(text);
    }),
  );
}

/** The parts of a template whose holes stand in braces. */
export function renderBraces(text: string): Parts {
  // glue takes the indentation out of texts with several lines
  if (text.includes('\n')) return someText('unknown');
  const parts: Parts[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.slice(at).search(/[{}]/);
    const brace = next < 0 ? text.length : at + next;
    parts.push(literal(text.slice(at, brace)));
    if (brace === text.length) break;
    if (text[brace] === text[brace + 1] || text[brace] === '}') {
      parts.push(literal(text.charAt(brace)));
      at = brace + (text[brace] === text[brace + 1] ? 2 : 1);
      continue;
    }
    const end = closing(text, brace);
    const expression = text.slice(brace + 1, end).trim();
    parts.push([{ kind: 'hole', expression: expression || '…', type: 'unknown' }]);
    at = end + 1;
  }
  return joined(...parts);
}

/** Where the brace that opens at `from` is closed; the text's end if it isn't. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}
