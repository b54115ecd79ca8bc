/**
 * A text of several lines as it stands in a test: backslashes are its own, and neither the line breaks beside the quotes
 * nor the indentation that all lines share are part of it.
 */
export function lines({ raw: [text = ''] }: TemplateStringsArray): string {
  const all = text.replace(/^\n|\n *$/g, '').split('\n');
  const indents = all.flatMap((line) => (line.trim() === '' ? [] : [line.search(/[^ ]/)]));
  return all.map((line) => line.slice(Math.min(...indents))).join('\n');
}
