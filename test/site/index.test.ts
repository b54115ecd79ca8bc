import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findLinks } from '../../site/src/links.ts';
import { pageOf } from '../../site/src/page.ts';
import { root } from '../../site/src/root.ts';

test('the index of the documents names each of them', () => {
  const links = findLinks(pageOf('index', 'docs/README.md'), []).map(({ file }) => file);
  const documents = globSync('docs/**/*.md', { cwd: root }).filter((path) => path !== 'docs/README.md');
  expect(documents.length).toBeGreaterThan(8);
  expect(documents.filter((path) => !links.includes(path))).toEqual([]);
});
