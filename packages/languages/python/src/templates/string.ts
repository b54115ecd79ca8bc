import {
  concatenate,
  hole,
  holeNamed,
  joinWith,
  literal,
  stretchesOf,
  type TemplatePart,
} from '@katib-push/core';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { decodeEscapes, NAMED_CHARACTER } from './escapes.ts';
import { renderInterpolation } from './f-string.ts';

/** What a string literal or f-string holds. Bytes print as their `repr`. */
export function renderString(script: Script, string: Syntax): readonly TemplatePart[] {
  const { text } = script;
  const opening = /^([a-zA-Z]*)('''|"""|'|")/.exec(text.slice(string.from, string.from + 6));
  if (!opening) return hole(script, string, 'string');
  const [start, prefix = '', quotes = ''] = opening;
  const flags = prefix.toLowerCase();
  const from = string.from + start.length;
  const to = string.to - quotes.length;
  if (flags.includes('b')) {
    const body = text.slice(from, to);
    return /[\\'\r\n]/.test(body) ? hole(script, string, 'string') : literal(`b'${body}'`);
  }
  const raw = flags.includes('r');
  const parts: (readonly TemplatePart[])[] = [];
  let at = from;
  if (flags.includes('f') || flags.includes('t')) {
    for (const child of string.children) {
      if (child.type !== 'interpolation') continue;
      parts.push(renderContent(script, at, child.from, raw, true), renderInterpolation(script, child));
      at = child.to;
    }
    parts.push(renderContent(script, at, to, raw, true));
  } else parts.push(renderContent(script, at, to, raw, false));
  return concatenate(...parts);
}

/** The text between two positions of a string's body; stand-ins are holes. */
function renderContent(
  script: Script,
  from: number,
  to: number,
  raw: boolean,
  braces: boolean,
): readonly TemplatePart[] {
  const source = script.text.slice(from, to);
  if (script.opaque.length === 0 && !/[\\{}\r]/.test(source)) return literal(source);
  const decode = (start: number, end: number) => {
    // a source's CRLF is one newline to Python
    const lines = textOf(script, { from: start, to: end }).replace(/\r\n?/g, '\n');
    const plain = raw ? lines : decodeEscapes(lines);
    const text = braces ? plain.replace(/\{\{|\}\}/g, (pair) => pair[0] as string) : plain;
    return joinWith(holeNamed('…', 'string'), text.split(NAMED_CHARACTER).map(literal));
  };
  return concatenate(
    ...stretchesOf({ from, to }, script.opaque).map((stretch) =>
      stretch.isOpaque ? holeNamed('…') : decode(stretch.from, stretch.to),
    ),
  );
}
