import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces what stands in a document between `<!-- generated: NAME -->` and `<!-- end -->`. Throws where the markers are
 * not there.
 */
export function writeSection(document: string, name: string, text: string): void {
  const old = readFileSync(document, 'utf8');
  const open = `<!-- generated: ${name} -->\n`;
  const from = old.indexOf(open) + open.length;
  const to = old.indexOf('<!-- end -->', from);
  if (from < open.length || to < 0)
    throw new Error(`${document} lacks ${open.trim()} … <!-- end -->: add both lines`);
  writeFileSync(document, `${old.slice(0, from)}\n${text}\n${old.slice(to)}`);
}

/** A Markdown table. `right` are the columns that hold numbers, from 0 on. */
export function renderRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const rule = head.map((_, column) => (right.includes(column) ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
