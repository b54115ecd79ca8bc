import type { Layer } from '@katib-push/core';
import { ansiQuoted, ansiQuotedAfterNumber } from '../values/encodings.ts';
import type { Piece } from '../values/value.ts';

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const byNumber = /\\(?:x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3})/y;

/**
 * Reads the inside of `$'…'`.
 *
 *     $'a\tb\x41'     a, a tab, b, A
 *       ^from    ^to
 */
export function readAnsiQuoted(layer: Layer, from: number, to: number, into: Piece[]): void {
  const { text } = layer;
  let at = from;
  let afterNumber = false;
  while (at < to) {
    const slash = text.indexOf('\\', at);
    const stop = slash === -1 || slash >= to ? to : slash;
    if (at < stop) {
      // Text inserted behind an escape by number must not be taken for more of its digits.
      if (afterNumber)
        into.push({ kind: 'verbatim', layer, from: at, to: ++at, encoding: ansiQuotedAfterNumber });
      if (at < stop) into.push({ kind: 'verbatim', layer, from: at, to: stop, encoding: ansiQuoted });
      at = stop;
      afterNumber = false;
      continue;
    }
    const { end, value, number } = readEscape(text, at, to);
    // A NUL ends the string for bash.
    if (value === '\0') return;
    const encoding = number || afterNumber ? ansiQuotedAfterNumber : ansiQuoted;
    into.push({ kind: 'escaped', layer, from: at, to: end, text: value, encoding });
    afterNumber = number;
    at = end;
  }
}

/** One escape that begins at `at`. An unknown one stays as it is, backslash included. */
export function readEscape(
  text: string,
  at: number,
  to: number,
): { readonly end: number; readonly value: string; readonly number: boolean } {
  const letter = text.charAt(at + 1);
  const known = letters[letter];
  if (at + 1 < to && known !== undefined) return { end: at + 2, value: known, number: false };
  byNumber.lastIndex = at;
  const match = byNumber.exec(text)?.[0];
  if (match && at + match.length <= to) {
    const digits = match.slice(/[0-7]/.test(letter) ? 1 : 2);
    const code = Number.parseInt(digits, /[0-7]/.test(letter) ? 8 : 16);
    const byte = letter !== 'u' && letter !== 'U';
    // A byte above ASCII is a part of a character, of which nothing is known here.
    const isPart = byte && (code & 0xff) > 0x7f;
    const value = isPart ? '\ufffd' : codePoint(byte ? code & 0xff : code);
    return { end: at + match.length, value, number: true };
  }
  if (letter === 'c' && at + 2 < to)
    return { end: at + 3, value: String.fromCharCode(text.charCodeAt(at + 2) & 0x1f), number: false };
  const end = Math.min(at + 2, to);
  return { end, value: text.slice(at, end), number: false };
}

function codePoint(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}
