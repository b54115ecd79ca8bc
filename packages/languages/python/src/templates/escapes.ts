const ESCAPE = /\\(?:\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;

const SHORT: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Stands for a character given by name (`\N{BULLET}`): no table of names is carried along. */
export const NAMED_CHARACTER = '\u{10FFFE}';

/** The text that a string's body stands for. */
export function decodeEscapes(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(ESCAPE, (sequence) => {
    const rest = sequence.slice(1);
    const short = rest.length === 1 ? SHORT[rest] : undefined;
    if (short !== undefined) return short;
    if (/^[0-7]/.test(rest)) return String.fromCodePoint(Number.parseInt(rest, 8));
    if (/^[xuU]./.test(rest)) {
      const code = Number.parseInt(rest.slice(1), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
    }
    if (rest.startsWith('N{')) return NAMED_CHARACTER;
    // unknown escapes stay as they are
    return sequence;
  });
}
