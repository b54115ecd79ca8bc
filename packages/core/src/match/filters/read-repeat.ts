import type { Read } from './read-escape.ts';

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
