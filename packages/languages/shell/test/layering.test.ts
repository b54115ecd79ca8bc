import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../src');

/** What stands in `src`: each knows those before it, and itself. */
const order = [
  'limits.ts',
  'values',
  'state',
  'expand',
  'walk',
  'commands',
  'unwrap-shell.ts',
  'document',
  'sure',
  'create-shell.ts',
  'index.ts',
];

/** Files that need each other because what they read does: a script holds commands, and a command runs scripts. */
const recursions = [
  ['sure/scan-script.ts', 'sure/sure-command.ts'],
  [
    'walk/control-flow.ts',
    'walk/find-program.ts',
    'walk/run-command.ts',
    'walk/run-external.ts',
    'walk/run-other.ts',
    'walk/run-pipeline.ts',
    'walk/run-script.ts',
    'walk/run-source.ts',
    'walk/run-text.ts',
  ],
];

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

it('names every folder once', () => {
  expect(readdirSync(root).toSorted()).toEqual(order.toSorted());
});

it('imports only from below', () => {
  const all = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })));
  expect(all.length).toBeGreaterThan(100);
  const upward = all.filter(
    ({ file, target }) => folderOf(file) !== folderOf(target) && stepOf(target) >= stepOf(file),
  );
  expect(upward).toEqual([]);
});

it('has no circle but honest recursion', () => {
  const reached = new Map(files.map((file) => [file, reachedFrom(file)]));
  const circles = new Set(
    files
      .filter((file) => reached.get(file)?.has(file))
      .map((file) =>
        files
          .filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file))
          .toSorted()
          .join(),
      ),
  );
  expect([...circles].toSorted()).toEqual(recursions.map((circle) => circle.join()));
});

function importsOf(file: string): readonly string[] {
  const path = resolve(root, file);
  const found = readFileSync(path, 'utf8').matchAll(/\b(?:from|import\()\s*'(\.[^']+)'/g);
  return Array.from(found, ([, target]) => relative(root, resolve(dirname(path), target as string)));
}

/** All files that a file needs. */
function reachedFrom(file: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const target of imports.get(next) ?? [])
      if (!seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
  return seen;
}

function folderOf(file: string): string {
  return file.split('/')[0] as string;
}

function stepOf(file: string): number {
  return order.indexOf(folderOf(file));
}
