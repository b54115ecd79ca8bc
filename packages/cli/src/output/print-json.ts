/** A value as JSON with BigInts as plain integers, indented by two, ending in a line break. */
export function printJson(value: unknown): string {
  const json = JSON.stringify(
    value,
    (_, item) => (typeof item === 'bigint' ? rawJson(String(item)) : item),
    2,
  );
  return `${json}\n`;
}

function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
