import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What names a language, an interpreter or what stands in front of one. */
const names = [
  /\b(?:python|javascript|typescript|ecmascript|rscript|ruby|perl|lua|julia|php)\d?\b/i,
  /\b(?:py|pypy|ipython|js|mjs|cjs|ts|jsx|tsx|sh|bash|dash|zsh|nodejs|deno|bun|ts-node|npx|npm|yarn|uv|pip|torchrun)\d?\b/,
  /["'`/]node\b/,
];

/** Lines that are about something else. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // the registration
  'packages/katib/src/languages.ts': ['export { create'],
  // \d, \s, \w in a filter: the syntax of RE2 calls them so
  'packages/core/src/match/filters/read-class.ts': ['perl'],
  // the container of a TrainJob's nodes
  'packages/katib/src/locate/find-containers.ts': ["name: 'node', value: child, labelsElsewhere"],
  // a domain of labels that ends as shell scripts do
  'packages/katib/src/locate/match-labels.ts': ["'volcano.sh',"],
  // the shim runs on it
  'packages/core/src/diagnostics/catalogue.ts': ['If the image has a Python'],
  'packages/katib/src/diagnostics/catalogue.ts': [
    'If the image has a Python',
    "what Katib's wrapper does too",
  ],
  'packages/katib/src/advice/find-remedy.ts': ['if the image has a Python'],
  'packages/katib/src/decide/decide-way.ts': ['`No Python is certain to be there'],
  // Katib's pod webhook looks for these words in the command
  'packages/katib/src/locate/words-that-run.ts': [
    "keptShells: readonly string[] = ['sh', 'bash']",
    "['sh', '-c']",
  ],
  'packages/katib/src/policy/sidecar-losses.ts': ["(words[0] === 'sh' || words[0] === 'bash')"],
};

function* sourcesBelow(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesBelow(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

/** The lines of a source, comments and imports blanked: `from './x.ts'` names a file. */
function codeOf(text: string): readonly string[] {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(?<=^|\s)\/\/.*$/gm, blank)
    .replace(/from '(?:node:[^']*|[^']*\.ts)'/g, blank)
    .split('\n');
}

test.each(['packages/core/src', 'packages/katib/src'])('%s knows no language by name', (folder) => {
  const found: string[] = [];
  for (const path of sourcesBelow(join(root, folder))) {
    const file = relative(root, path);
    codeOf(readFileSync(path, 'utf8')).forEach((line, index) => {
      if (!names.some((name) => name.test(line))) return;
      if (!allowed[file]?.some((part) => line.includes(part)))
        found.push(`${file}:${index + 1}: ${line.trim()}`);
    });
  }
  expect(found).toEqual([]);
});

test('and the names are looked for as they would be written', () => {
  const written = [
    "language.name === 'python'",
    "names: ['npx']",
    '`node -p`',
    "command: 'sh'",
    "'train.py'",
  ];
  for (const line of written)
    expect(codeOf(line).some((one) => names.some((name) => name.test(one)))).toBe(true);
});
