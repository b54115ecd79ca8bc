import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** A page of the site. */
export interface Page {
  /** Where it stands in the site, without an ending: `reference/cli`. */
  readonly path: string;
  /** What the side bar calls it; absent: its heading. */
  readonly title?: string;
  /** The file of the repository that it is made of; absent where it is generated. Its links are relative to it. */
  readonly source?: string;
  /** Markdown, beginning with the title as a heading. */
  readonly text: string;
}

/** Pages under one heading of the side bar. */
export interface Group {
  readonly title: string;
  readonly pages: readonly Page[];
}

/**
 * A page that is a file of the repository.
 *
 * @param title what the side bar calls it; default: its heading
 */
export function pageOf(path: string, source: string, title?: string): Page {
  const text = readFileSync(join(root, source), 'utf8');
  return { path, source, text, ...(title === undefined ? {} : { title }) };
}

/** What the side bar calls a page. Throws where it has no heading. */
export function titleOf({ path, text, title: given }: Page): string {
  const title = given ?? /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`${path} has no title`);
  return title.replaceAll('`', '');
}
