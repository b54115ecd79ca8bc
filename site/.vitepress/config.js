import { readFileSync } from 'node:fs';

// The site's pages are written by src/main.ts.
const sidebar = JSON.parse(readFileSync(new URL('../pages/sidebar.json', import.meta.url), 'utf8'));

/** A heading as the anchor that GitHub makes of it, so that links hold in both places. */
const slugify = (title) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

export default {
  srcDir: 'pages',
  outDir: '../dist/site',
  title: 'katib-push',
  description: 'Metrics that a training prints become metrics that it pushes: for Katib Experiments, without an edit.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  // VITE_BASE: where the site is served, if not from the root
  base: process.env.VITE_BASE ?? '/',
  cleanUrls: false,
  metaChunk: true,
  markdown: { html: false, attrs: { disable: true }, anchor: { slugify }, theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    nav: [{ text: 'Playground', link: '/playground/index.html', target: '_self' }],
    sidebar,
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    docFooter: { prev: 'Before', next: 'Next' },
  },
};
