import fc from 'fast-check';

/** What breaks parsers: unbalanced, deep, long, not text, half a character. */
const FRAGMENTS: readonly string[] = [
  '',
  '\0',
  '\uD800',
  '\uDC00',
  '\uFEFF',
  '\r',
  '\r\n',
  '\t',
  '"',
  "'",
  '"""',
  '`',
  '\\',
  '\\\n',
  '${',
  '$(',
  '#',
  '/*',
  '//',
  '(',
  ')]}',
  '%s%',
  '{{}',
  '<<EOF\n',
  '😀é',
  '\u2028',
  '__END__',
  '('.repeat(2000),
  '['.repeat(300),
  '{'.repeat(300),
  '"a" + '.repeat(500),
  'x'.repeat(20_000),
  '\n'.repeat(2000),
  `"${'loss='.repeat(2000)}`,
];

/** Texts made of others: cut short, with one of the fragments in the middle, or two of them joined anywhere. */
export function hostileTexts(texts: readonly string[]): fc.Arbitrary<string> {
  const text = fc.constantFrom(...texts);
  const cut = fc.tuple(text, fc.double({ min: 0, max: 1, noNaN: true })).map(([from, at]) => ({
    head: from.slice(0, Math.floor(from.length * at)),
    tail: from.slice(Math.floor(from.length * at)),
  }));
  return fc.oneof(
    cut.map(({ head }) => head),
    cut.map(({ tail }) => tail),
    fc.tuple(cut, fc.constantFrom(...FRAGMENTS)).map(([{ head, tail }, fragment]) => head + fragment + tail),
    fc.tuple(cut, cut).map(([{ head }, { tail }]) => head + tail),
    fc
      .tuple(cut, fc.string({ unit: 'binary', maxLength: 12 }))
      .map(([{ head, tail }, noise]) => head + noise + tail),
  );
}
