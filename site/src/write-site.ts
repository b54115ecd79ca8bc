import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outsideCode, rewriteLinks } from './links.ts';
import { type Group, titleOf } from './page.ts';

/**
 * Writes the pages, and the side bar as `sidebar.json`, into a folder that is made anew.
 *
 * @param repository the address of the repository, for links to files that are no page; absent: they are only named
 */
export function writeSite(folder: string, groups: readonly Group[], repository?: string): void {
  rmSync(folder, { recursive: true, force: true });
  const pages = groups.flatMap((group) => group.pages);
  for (const page of pages) {
    const file = join(folder, `${page.path}.md`);
    mkdirSync(dirname(file), { recursive: true });
    const head = page.path.startsWith('gallery/') ? '---\nsearch: false\n---\n\n' : '';
    writeFileSync(file, head + withoutMarkup(rewriteLinks(page, pages, repository)));
  }
  const sidebar = groups.map(({ title, pages: items }) => ({
    text: title,
    collapsed: title === 'Gallery' || title === 'Packages',
    items: items.map((page) => ({ text: titleOf(page), link: `/${page.path === 'index' ? '' : page.path}` })),
  }));
  writeFileSync(join(folder, 'sidebar.json'), JSON.stringify(sidebar, null, 2));
}

/** Comments go; what Vue would fill in is text here. */
function withoutMarkup(text: string): string {
  return outsideCode(text, (prose) =>
    prose
      .replace(/<!--[\s\S]*?-->\n?/g, '')
      .replace(/`[^`\n]*`|\{\{/g, (found) => (found === '{{' ? '&#123;&#123;' : found)),
  );
}
