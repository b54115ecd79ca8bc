import { posix } from 'node:path';
import type { Page } from './page.ts';

/** A link of a page as it is written, and where it leads. */
export interface Link {
  readonly text: string;
  readonly target: string;
  /** The page that it leads to; absent for files that are no page. */
  readonly page?: Page;
  /** The file of the repository, from its root; absent for addresses of the web. */
  readonly file?: string;
  /** The heading; absent for the top. */
  readonly anchor?: string;
}

const linkPattern = /(?<!!)\[((?:[^[\]]|\[[^[\]]*\])*)\]\(([^)\s]+)\)/g;

/** Finds the links of a page, those in code left out. */
export function findLinks(page: Page, pages: readonly Page[]): readonly Link[] {
  const links: Link[] = [];
  outsideCode(page.text, (text) => {
    for (const [, title = '', target = ''] of text.matchAll(linkPattern))
      links.push(follow(page, title, target, pages));
    return text;
  });
  return links;
}

/**
 * The page's text with links that hold in the site. A file that is no page is linked in `repository`, or where that is not
 * given, only named.
 */
export function rewriteLinks(page: Page, pages: readonly Page[], repository?: string): string {
  return outsideCode(page.text, (text) =>
    text.replace(linkPattern, (whole, title: string, target: string) => {
      const link = follow(page, title, target, pages);
      if (link.page) {
        const path = posix.relative(posix.dirname(page.path), link.page.path);
        return `[${title}](${link.page === page ? '' : `${path}.md`}${link.anchor ? `#${link.anchor}` : ''})`;
      }
      if (link.file === undefined) return whole;
      return repository ? `[${title}](${repository}/blob/main/${link.file})` : title;
    }),
  );
}

function follow(page: Page, text: string, target: string, pages: readonly Page[]): Link {
  if (/^[a-z]+:/.test(target)) return { text, target };
  const [path = '', anchor] = target.split('#');
  const more = anchor ? { anchor } : {};
  if (path === '') return { text, target, page, ...more };
  // a generated page names others by their place in the site
  const from = page.source ?? page.path;
  const file = posix.normalize(posix.join(posix.dirname(from), path)).replace(/\/$/, '');
  const found = pages.find((each) =>
    page.source === undefined
      ? `${each.path}.md` === file
      : each.source === file || each.source === `${file}/README.md`,
  );
  return { text, target, file, ...(found ? { page: found } : {}), ...more };
}

/** Replaces what stands outside of blocks of code. */
export function outsideCode(text: string, replace: (text: string) => string): string {
  return text
    .split(/^(`{3,}[^\n]*\n[\s\S]*?^`{3,}$)/m)
    .map((part, index) => (index % 2 === 0 ? replace(part) : part))
    .join('');
}

/** The anchors of a page: its headings as GitHub writes them, numbered where they repeat. */
export function anchorsOf({ text }: Page): readonly string[] {
  const counts = new Map<string, number>();
  const prose = text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => {
    const slug = slugOf(title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

/** A heading as the anchor that GitHub makes of it. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}
