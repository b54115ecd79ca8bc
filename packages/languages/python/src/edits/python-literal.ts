/** A JSON value as a Python literal on one line, in ASCII: the script may have any encoding. */
export function pythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(',')}]`;
  const pairs = Object.entries(value as object).map(
    ([key, item]) => `${stringLiteral(key)}:${pythonLiteral(item)}`,
  );
  return `{${pairs.join(',')}}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
  "'": "\\'",
};

/** Single quotes; every character outside of printable ASCII is escaped. */
export function stringLiteral(text: string): string {
  const body = text.replace(/[\\'\u0000-\u001F]|[^\u0000-\u007E]/gu, (char) => {
    const code = char.codePointAt(0) as number;
    if (code > 0xffff) return `\\U${hex(code, 8)}`;
    return SHORT[char] ?? (code > 0xff ? `\\u${hex(code, 4)}` : `\\x${hex(code, 2)}`);
  });
  return `'${body}'`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
