import { concatenate, hole, knownText, literal, type TemplatePart } from '@katib-push/core';
import { type Script, withoutParentheses } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';
import { renderText } from './render.ts';

/** What `repr(expression)` gives: how a value prints within a list or with `!r`. */
export function renderRepr(script: Script, expression: Syntax): readonly TemplatePart[] {
  const at = withoutParentheses(expression);
  const type = typeOf(script, at);
  const parts = renderText(script, at);
  if (type === 'string') {
    const text = knownText(parts);
    if (text !== undefined) return literal(quote(text));
    // a hole may hold a quote or a backslash; most don't
    return at.type === 'identifier' && parts.length === 1
      ? hole(script, at, 'string')
      : concatenate(literal("'"), parts.map(escaped), literal("'"));
  }
  // of an unknown value, text and repr may differ: only its own display is known
  return parts.every((part) => part.kind === 'hole') ? hole(script, at, type) : parts;
}

function escaped(part: TemplatePart): TemplatePart {
  return part.kind === 'literal' ? { kind: 'literal', text: quote(part.text).slice(1, -1) } : part;
}

/** `repr` of a string: single quotes unless that needs escapes and double ones don't. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/[\\'"\u0000-\u001F\u007F-\u00A0\u00AD]/g, (char) => {
    if (char === '\\') return '\\\\';
    if (char === "'" || char === '"') return char === mark ? `\\${char}` : char;
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
    return short ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return mark + body + mark;
}
