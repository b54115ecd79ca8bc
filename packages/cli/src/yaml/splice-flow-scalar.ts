import { compareText } from './compare-text.ts';
import { applyEdits } from './text-edit.ts';
import { quote } from './write-value.ts';

export type FlowStyle = 'PLAIN' | 'QUOTE_SINGLE' | 'QUOTE_DOUBLE';

/**
 * A plain or quoted scalar with another text: only the characters that differ are written anew.
 * The result has to be read again to be trusted: plain text may have become something else.
 *
 * @param source the scalar as written, quotes included
 * @returns undefined where the source isn't understood
 */
export function spliceFlowScalar(
  source: string,
  style: FlowStyle,
  before: string,
  after: string,
): string | undefined {
  const decoded = decode(source, style);
  if (decoded.text !== before) return undefined;
  return applyEdits(
    source,
    compareText(before, after).map(({ from, to, insert }) => ({
      from: decoded.positions[from] as number,
      to: decoded.positions[to] as number,
      insert: encode(insert, style),
    })),
  );
}

function encode(text: string, style: FlowStyle): string {
  if (style === 'QUOTE_SINGLE') return text.replaceAll("'", "''");
  return style === 'QUOTE_DOUBLE' ? quote(text).slice(1, -1) : text;
}

/** The text, and for each of its UTF-16 units (and its end) the offset in the source where it begins. */
interface Decoded {
  readonly text: string;
  readonly positions: readonly number[];
}

const escapes: Readonly<Record<string, string>> = {
  0: '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"',
  '/': '/', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
}; // biome-ignore format: a table
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function decode(source: string, style: FlowStyle): Decoded {
  const quoted = style === 'PLAIN' ? 0 : 1;
  const end = source.length - quoted;
  const parts: string[] = [];
  const positions: number[] = [];
  const push = (text: string, at: number): void => {
    parts.push(text);
    for (let i = 0; i < text.length; i++) positions.push(at);
  };
  let at = quoted;
  while (at < end) {
    const character = source[at] as string;
    const fold = /[ \t\r\n]/.test(character) ? readFold(source, at) : undefined;
    if (fold) {
      push(fold.breaks === 1 ? ' ' : '\n'.repeat(fold.breaks - 1), at);
      at = fold.to;
    } else if (style === 'QUOTE_SINGLE' && character === "'") {
      push("'", at);
      at += 2;
    } else if (style === 'QUOTE_DOUBLE' && character === '\\') {
      at = decodeEscape(source, at, push);
    } else {
      push(character, at);
      at++;
    }
  }
  positions.push(end);
  return { text: parts.join(''), positions };
}

/** Blanks around line breaks, at `from`; undefined where the blanks stay within a line. */
function readFold(
  source: string,
  from: number,
): { readonly to: number; readonly breaks: number } | undefined {
  const match = /[ \t]*(?:\r?\n[ \t]*)+/y;
  match.lastIndex = from;
  const found = match.exec(source);
  return found ? { to: match.lastIndex, breaks: found[0].split('\n').length - 1 } : undefined;
}

function decodeEscape(source: string, at: number, push: (text: string, at: number) => void): number {
  const code = source[at + 1] as string;
  const lineBreak = /\\\r?\n[ \t]*/y;
  lineBreak.lastIndex = at;
  if (lineBreak.test(source)) {
    const extra = /(?:\r?\n[ \t]*)+/y;
    extra.lastIndex = lineBreak.lastIndex;
    const blank = extra.exec(source);
    if (!blank) return lineBreak.lastIndex;
    push('\n'.repeat(blank[0].split('\n').length - 1), at);
    return extra.lastIndex;
  }
  const digits = hexDigits[code];
  if (digits === undefined) {
    push(escapes[code] ?? code, at);
    return at + 2;
  }
  const point = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  push(point <= 0x10ffff ? String.fromCodePoint(point) : '', at);
  return at + 2 + digits;
}
