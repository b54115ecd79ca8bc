import { readFile } from 'node:fs/promises';

/** Where docs/diagnostics.md is: beside the built command where it is installed, else in the workspace. */
const places = ['../diagnostics.md', '../../../../docs/diagnostics.md'];

/** The section of a diagnostic's code in docs/diagnostics.md, as Markdown without its heading; absent for no code. */
export async function readPage(code: string): Promise<string | undefined> {
  for (const place of places) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined);
    if (text !== undefined) return text.split(`\n## ${code}\n`)[1]?.split('\n## ')[0]?.trim();
  }
  return undefined;
}
