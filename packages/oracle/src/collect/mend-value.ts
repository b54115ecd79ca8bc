/** What a client pushes for a row, where the collector's text is no number. */
export interface Mended {
  /** The text that is pushed; empty: nothing is, because there is no number. */
  readonly pushed: string;
  /** Whether it is NaN or an infinity, which are pushed only on demand. */
  readonly notFinite: boolean;
}

/** How far behind an empty value a client looks. */
const AHEAD = 512;
const NOT_FINITE = /^[+-]?(?:nan|inf(?:inity)?)(?![A-Za-z0-9_])/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?(?![0-9+\-.eE])/;
const BLANK = /^[\t\n\f\r ]*/;
/** `[`, `(`, `np.float64(`: the bracket, with the name of an array or scalar in front of a round one. */
const OPENER = /^([A-Za-z0-9_.]*)([([])/;
/** `dtype=float32`: nothing but keywords follows. */
const KEYWORD = /^[A-Za-z0-9_]+=/;
const KINDS = new Set('tensor Tensor array Array DeviceArray float bfloat int uint'.split(' '));

/**
 * The clients' rule for values that are no number, read anew and not shared with them:
 *
 *     loss=nan                        not finite
 *     loss=tensor([0.5], device='x')  0.5: one number inside brackets, behind it keywords
 *     loss=[0.5, 0.3]                 nothing
 *     loss=-                          nothing: Katib takes what Go's ParseFloat takes
 *
 * @param value the collector's text; only behind `''`, `+` and `-` is looked for a number
 * @param line the line, in which the value ends at `end`
 */
export function mendValue(value: string, line: string, end: number): Mended {
  if (!/^[+-]?$/.test(value)) return { pushed: isGoFloat(value) ? value : '', notFinite: false };
  const start = end - value.length;
  const ahead = line.slice(start, start + AHEAD);
  const bare = NOT_FINITE.exec(ahead)?.[0];
  if (bare !== undefined) return { pushed: bare, notFinite: true };
  const inside = value === '' ? insideBrackets(ahead) : undefined;
  if (inside === undefined) return { pushed: '', notFinite: false };
  return { pushed: inside, notFinite: NOT_FINITE.test(inside) };
}

/** Whether Go's ParseFloat takes it; NaN with a sign, which it doesn't, counts too: it is not finite. */
export function isGoFloat(text: string): boolean {
  const inside = NOT_FINITE.exec(text)?.[0] ?? NUMBER.exec(text)?.[0];
  return inside === text && (NOT_FINITE.test(text) || Number.isFinite(Number(text)));
}

/** The number inside the brackets at the text's beginning; absent where there is anything else. */
function insideBrackets(text: string): string | undefined {
  let rest = text;
  const closers: string[] = [];
  for (let opener = OPENER.exec(rest); opener; opener = OPENER.exec(rest)) {
    const [all, name = '', bracket] = opener;
    if (name !== '' && (bracket === '[' || !KINDS.has(kindOf(name)))) return undefined;
    closers.unshift(bracket === '[' ? ']' : ')');
    rest = skipBlanks(rest.slice(all.length));
  }
  const number = (NOT_FINITE.exec(rest) ?? NUMBER.exec(rest))?.[0];
  if (number === undefined || closers.length === 0) return undefined;
  rest = rest.slice(number.length);
  for (const closer of closers) {
    rest = skipBlanks(rest);
    if (rest.startsWith(',')) {
      rest = skipBlanks(rest.slice(1));
      if (KEYWORD.test(rest)) break;
    }
    if (!rest.startsWith(closer)) return undefined;
    rest = rest.slice(1);
  }
  return number;
}

/** `np.float64` is a `float`, `tensor` a `tensor`. */
function kindOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/^[\d_]+|[\d_]+$/g, '');
}

function skipBlanks(text: string): string {
  return text.replace(BLANK, '');
}
