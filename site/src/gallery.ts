import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHunks } from '../../packages/cli/src/preview/hunks.ts';
import type { Page } from './page.ts';
import { root } from './root.ts';

/** What the first word of a case's name says; each is a page. */
const kinds: Readonly<Record<string, string>> = {
  sdk: 'Made by the SDK',
  embed: 'How scripts sit in command and args',
  py: 'Python',
  js: 'JavaScript and TypeScript',
  sh: 'Shell',
  r: 'R',
  filter: 'Filters',
  kind: 'Kinds of jobs',
  policy: 'Annotations and collectors',
  partial: 'Where some of it stays',
  noop: 'Where nothing changes',
  yaml: 'Layout of the YAML',
  text: 'Characters and line endings',
  other: 'Other cases',
};

const folder = 'fixtures/experiments';

/** The cases of the fixtures, as they are kept: each with what it shows, and its diff. */
export function galleryPages(): readonly Page[] {
  const cases = readdirSync(join(root, folder)).sort();
  const byKind = Map.groupBy(cases, (name) => {
    const [word = ''] = name.split('-');
    return Object.hasOwn(kinds, word) ? word : 'other';
  });
  return Object.entries(kinds).flatMap(([kind, title]) => {
    const names = byKind.get(kind) ?? [];
    if (names.length === 0) return [];
    const text = `# ${title}\n\n${names.length} cases, with what comes of each. They are tests: this is what is made today.\n\n${names.map(showCase).join('\n')}`;
    return [{ path: `gallery/${kind}`, text }];
  });
}

function showCase(name: string): string {
  const read = (file: string): string => readFileSync(join(root, folder, name, file), 'utf8');
  const { shows } = JSON.parse(read('case.json')) as { readonly shows: string };
  const { summary, outcome } = JSON.parse(read('report.json')) as Record<'summary' | 'outcome', string>;
  const before = read('input.yaml');
  const after = existsSync(join(root, folder, name, 'expected.yaml')) ? read('expected.yaml') : before;
  const changed = before !== after;
  const shown = changed ? diffOf(before, after) : before.trimEnd();
  const details = `::: details ${changed ? 'Diff' : 'Experiment'}\n${fence(changed ? 'diff' : 'yaml', shown)}\n:::`;
  return `## ${name}\n\n${sentence(shows)}\n\n**${outcome}**: ${sentence(summary)}\n\n${details}\n`;
}

function diffOf(before: string, after: string): string {
  const signs = { same: ' ', removed: '-', added: '+' } as const;
  return findHunks(before, after)
    .flatMap(({ from, count, toFrom, toCount, lines }) => [
      `@@ -${from},${count} +${toFrom},${toCount} @@`,
      ...lines.map(({ kind, text }) => signs[kind] + text),
    ])
    .join('\n');
}

function fence(language: string, text: string): string {
  const longest = Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length + 1));
  const mark = '`'.repeat(longest);
  return `${mark}${language}\n${text}\n${mark}`;
}

function sentence(text: string): string {
  const capital = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
