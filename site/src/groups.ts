import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { galleryPages } from './gallery.ts';
import { type Group, type Page, pageOf } from './page.ts';
import { annotationsPage } from './reference/annotations.ts';
import { cliPage } from './reference/cli.ts';
import { diagnosticsPage } from './reference/diagnostics.ts';
import { reportPage } from './reference/report.ts';
import { root } from './root.ts';

/** All pages of the site, in the order of the side bar. A file in `docs` that no group names comes under "More". */
export async function readGroups(): Promise<readonly Group[]> {
  const groups: readonly Group[] = [
    {
      title: 'Start',
      pages: [
        pageOf('index', 'docs/README.md', 'Start here'),
        pageOf('overview', 'README.md', 'Overview'),
        pageOf('concepts', 'docs/concepts.md'),
      ],
    },
    {
      title: 'How to',
      pages: [
        pageOf('guides/sdk', 'docs/guides/sdk.md'),
        pageOf('guides/yaml', 'docs/guides/yaml.md'),
        pageOf('guides/platform', 'docs/guides/platform.md'),
        pageOf('ci', 'docs/ci.md'),
        pageOf('deploy', 'docs/deploy.md'),
        pageOf('operate', 'docs/operate.md'),
      ],
    },
    {
      title: 'Reference',
      pages: [
        await cliPage(),
        pageOf('reference/command', 'packages/cli/README.md', 'The command at work'),
        annotationsPage(),
        pageOf('reference/configuration', 'docs/configuration.md'),
        diagnosticsPage(),
        reportPage(),
      ],
    },
    {
      title: 'Languages and clients',
      pages: [
        pageOf('languages/python', 'packages/languages/python/README.md', 'Python'),
        pageOf('languages/javascript', 'packages/languages/javascript/README.md', 'JavaScript, TypeScript'),
        pageOf('languages/shell', 'packages/languages/shell/README.md', 'Shell'),
        pageOf('languages/r', 'packages/languages/r/README.md', 'R'),
        pageOf('clients/python', 'packages/languages/python/client/README.md', 'Client for Python'),
        pageOf('clients/node', 'packages/languages/javascript/client/README.md', 'Client for Node'),
      ],
    },
    { title: 'Gallery', pages: galleryPages() },
    {
      title: 'Pull and push compared',
      pages: ['differences', 'reliability', 'evaluation', 'performance'].map((name) =>
        pageOf(name, `docs/${name}.md`),
      ),
    },
    {
      title: 'Packages',
      pages: ['oracle', 'webhook', 'db-manager', 'playground'].map((name) =>
        pageOf(`packages/${name}`, `packages/${name}/README.md`),
      ),
    },
    {
      title: 'Project',
      pages: ['ARCHITECTURE', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG'].map((name) =>
        pageOf(name.toLowerCase(), `${name}.md`),
      ),
    },
  ];
  const more = otherDocuments(groups.flatMap(({ pages }) => pages));
  return more.length === 0 ? groups : [...groups, { title: 'More', pages: more }];
}

function otherDocuments(pages: readonly Page[]): readonly Page[] {
  const taken = new Set(pages.map(({ source }) => source));
  return readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && !taken.has(`docs/${name}`))
    .map((name) => pageOf(name.slice(0, -'.md'.length), `docs/${name}`));
}
