/** What was read, and where the filter's text goes on. */
export interface Read<T> {
  readonly value: T;
  readonly to: number;
}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);

/**
 * The character that an escape at `at` stands for: `\n`, `\.`, `\x7F`, `\x{10FFFF}`, `\012`, `\0`.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Escape sequences".
 */
function readEscape(source: string, at: number): Read<number> {
  const rest = source.slice(at + 1, at + 20);
  const hex = /^x(?:\{0*([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(rest);
  if (hex !== null) return { value: Number.parseInt(hex[1] ?? hex[2] ?? '', 16), to: at + 1 + hex[0].length };
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
  if (octal !== null) return { value: Number.parseInt(octal[0], 8), to: at + 1 + octal[0].length };
  return { value: CONTROLS.get(rest.charAt(0)) ?? codePointAt(source, at + 1), to: at + 2 };
}

/** A character as it stands, or an escape. */
export function readCharacter(source: string, at: number): Read<number> {
  if (source[at] === '\\') return readEscape(source, at);
  const value = codePointAt(source, at);
  return { value, to: at + (value > 0xffff ? 2 : 1) };
}

function codePointAt(source: string, at: number): number {
  return source.codePointAt(at) ?? 0;
}
