import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));

/** Rows that hold, by the anchor of the section in which the suite wrote them: what was held against the real thing. */
const rows = readRows();

function readRows(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(root, 'docs/cluster.md'), 'utf8');
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = ''] = section.split('\n');
      const found = [...section.matchAll(/^\| (.+?) \| .* \| holds \|$/gm)].map(([, what = '']) => what);
      return [heading.toLowerCase().replaceAll(' ', '-'), found];
    }),
  );
}

const HERE = /\[([^[\]]+)\]\(#([\w-]+)\)/g;
const THERE = /\[([^[\]]+)\]\((?:[./]*(?:docs\/)?)?cluster\.md#([\w-]+)\)/g;

/** Links to a section of the page: the text is the beginning of a row. */
const links = ['README.md', ...pages].flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(page === 'docs/cluster.md' ? HERE : THERE)]
    .map(([, words = '', section = '']) => ({ page, words: words.replace(/\s+/g, ' '), section }))
    .filter(({ section }) => section !== 'claims');
});

describe('what is said to be proven on the real Katib', () => {
  it('is said somewhere', () => {
    expect(links.length).toBeGreaterThan(20);
  });

  it.each(links)('$page: $words', ({ words, section }) => {
    expect(rows.get(section)?.filter((row) => row.startsWith(words))).not.toEqual([]);
    expect(rows.get(section)).toBeDefined();
  });

  it('holds for each row of the differences, or is shown by tests alone', () => {
    const text = readFileSync(join(root, 'docs/differences.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (?!difference \|)(.*) \|$/gm)].map(([, row = '']) => row.split('|'));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows)
      expect(row.at(-1)?.trim(), row[0]).toMatch(/^(tests only|\[.*\]\(cluster\.md#.*\))$/);
  });
});
