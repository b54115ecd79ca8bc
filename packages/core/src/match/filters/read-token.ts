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

/** What `(?i)`, `(?s)` and `(?U)` switch. `(?m)` has nothing to switch: a line holds no line break. */
export interface FilterFlags {
  readonly ignoreCase: boolean;
  /** `x*` takes as little as it can and `x*?` as much. */
  readonly ungreedy: boolean;
}

/** What a parenthesis opens. `flags` are those of the group, or from here on to the end of the group around. */
export interface Opening {
  readonly kind: 'captures' | 'groups' | 'flags';
  readonly flags: FilterFlags;
}

/**
 * The opening at `at`: `(`, `(?P<name>`, `(?<name>`, `(?:`, `(?i)`, `(?i-s:`.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Grouping".
 */
export function readOpening(source: string, at: number, flags: FilterFlags): Read<Opening> {
  const name = /^\(\?P?<[^>]*>/.exec(source.slice(at));
  if (name !== null) return { value: { kind: 'captures', flags }, to: at + name[0].length };
  const switches = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(source.slice(at));
  if (switches === null) return { value: { kind: 'captures', flags }, to: at + 1 };
  const [text, on = '', off = '', end] = switches;
  const switched = {
    ignoreCase: !off.includes('i') && (flags.ignoreCase || on.includes('i')),
    ungreedy: !off.includes('U') && (flags.ungreedy || on.includes('U')),
  };
  return { value: { kind: end === ':' ? 'groups' : 'flags', flags: switched }, to: at + text.length };
}

export interface Times {
  readonly least: number;
  /** Infinity where there is no limit. */
  readonly most: number;
  /** A question mark follows: `*?`. */
  readonly marked: boolean;
}

const SIGNS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['*', [0, Number.POSITIVE_INFINITY]],
  ['+', [1, Number.POSITIVE_INFINITY]],
  ['?', [0, 1]],
]);

/**
 * A repetition at `at`: `*`, `+?`, `{2}`, `{2,}`, `{2,3}?`; undefined where something else stands. Braces that do not
 * have this form are literal in RE2: `{`, `{,3}`, `{01}`, `{metricName: `.
 *
 * Source: https://github.com/google/re2/wiki/Syntax, "Repetitions".
 */
export function readRepeat(source: string, at: number): Read<Times> | undefined {
  const repeat = /^(?:([*+?])|\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?\})(\??)/.exec(source.slice(at));
  if (repeat === null) return undefined;
  const [text, sign = '', least, comma, limit, mark] = repeat;
  const [low, high] = SIGNS.get(sign) ?? [
    Number(least),
    comma === undefined ? Number(least) : Number(limit ?? Number.POSITIVE_INFINITY),
  ];
  return { value: { least: low, most: high, marked: mark === '?' }, to: at + text.length };
}
