import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGroups } from '../../site/src/groups.ts';
import { anchorsOf, findLinks, rewriteLinks } from '../../site/src/links.ts';
import { titleOf } from '../../site/src/page.ts';
import { root } from '../../site/src/root.ts';

const groups = await readGroups();
const pages = groups.flatMap((group) => group.pages);

test.each(pages)('the links of $path lead somewhere', (page) => {
  for (const { target, file, page: found, anchor } of findLinks(page, pages)) {
    if (file !== undefined && !found) expect(existsSync(join(root, file)), target).toBe(true);
    if (anchor !== undefined && found) expect(anchorsOf(found), target).toContain(anchor);
  }
});

test('links are many, and most of them stay in the site', () => {
  const links = pages.flatMap((page) => findLinks(page, pages));
  expect(links.length).toBeGreaterThan(150);
  expect(links.filter(({ page }) => page).length).toBeGreaterThan(100);
});

test('every page has its own path, and a title of its own in its group', () => {
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
  for (const group of groups) expect(new Set(group.pages.map(titleOf)).size).toBe(group.pages.length);
});

test('links are written for the site', () => {
  const page = {
    path: 'guides/yaml',
    source: 'docs/guides/yaml.md',
    text: [
      '[a](../deploy.md#monitor) [b](../../deploy/Dockerfile) [`c`](#here) [d](https://example.com/) ![e](x.png)',
      '```console',
      '[f](../deploy.md)',
      '```',
      '[g](../../packages/cli)',
    ].join('\n'),
  };
  const all = [page, ...pages.filter(({ path }) => path !== page.path)];
  const written = (repository?: string): readonly string[] => rewriteLinks(page, all, repository).split('\n');
  expect(written()).toEqual([
    '[a](../deploy.md#monitor) b [`c`](#here) [d](https://example.com/) ![e](x.png)',
    '```console',
    '[f](../deploy.md)',
    '```',
    '[g](../reference/command.md)',
  ]);
  expect(written('https://git.example.com/k')[0]).toContain(
    '[b](https://git.example.com/k/blob/main/deploy/Dockerfile)',
  );
});
