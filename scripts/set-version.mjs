// Sets the version of everything that is released: `pnpm release:version 0.2.0`. Changes nothing where a place that should
// name today's version doesn't.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const next = process.argv[2] ?? '';
const today = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version;

/** Where the version stands: files, and what is in front of it there. */
const places = [
  [
    /"version": "/,
    'packages/*/package.json',
    'packages/languages/*/package.json',
    'packages/languages/*/client/package.json',
  ],
  [/version = '/, 'packages/*/src/version.ts'],
  [/__version__ = '/, 'packages/languages/python/client/__init__.py'],
  [/[vV]ersion: /, 'deploy/helm/*/Chart.yaml'],
  [/katib-push-webhook:/, 'deploy/Dockerfile', 'deploy/kustomize/**/*.yaml', 'docs/deploy.md'],
  [/newTag: /, 'docs/deploy.md'],
  [/default: /, 'integrations/github-action/action.yml'],
  [/github-action@v|katib-push@|`version` \| `/, 'docs/ci.md'],
];

if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(next))
  fail(`give a version such as 0.2.0, not ${JSON.stringify(next)}`);
const changed = new Map();
for (const [before, ...patterns] of places) {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));
  const old = new RegExp(`(${before.source})${today.replaceAll('.', '\\.')}(?![\\w.-])`, 'g');
  const found = files.filter((file) => textOf(file).search(old) >= 0);
  if (found.length === 0) fail(`none of ${patterns.join(', ')} names the version ${today}`);
  for (const file of found) changed.set(file, textOf(file).replace(old, `$1${next}`));
}
for (const [file, text] of changed) writeFileSync(join(root, file), text);
console.log(`${today} is ${next} in ${changed.size} files`);

function textOf(file) {
  return changed.get(file) ?? readFileSync(join(root, file), 'utf8');
}

function fail(message) {
  console.error(`set-version: ${message}`);
  process.exit(2);
}
