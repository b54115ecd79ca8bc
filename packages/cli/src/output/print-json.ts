/** A value as JSON with BigInts as plain integers, indented by two, ending in a line break. */
export function printJson(value: unknown): string {
  return `${toJson(value, 2)}\n`;
}

/** A value as JSON with BigInts as plain integers, indented by `step`. */
export function toJson(value: unknown, step: number): string {
  const plain = (item: unknown) => (typeof item === 'bigint' ? rawJson(String(item)) : item);
  return JSON.stringify(value, (_, item) => plain(item), step) ?? 'null';
}

function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
