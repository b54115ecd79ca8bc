import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../src');

/** What stands in `src`, in the order in which the pipeline needs it; those of one step know nothing of each other. */
const order = [
  ['layers'],
  ['edits'],
  ['templates'],
  ['diagnostics'],
  ['language', 'apply'],
  ['unwrap'],
  ['match'],
  ['propose'],
  ['plan'],
  ['verify'],
  ['report'],
  ['policy'],
  ['rewrite.ts'],
  ['index.ts'],
];

it('names every folder once', () => {
  expect(readdirSync(root).toSorted()).toEqual(order.flat().toSorted());
});

it('imports only from earlier steps', () => {
  const imports = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => importsOf(file).map((target) => ({ file, target })));
  expect(imports.length).toBeGreaterThan(100);
  const upward = imports.filter(
    ({ file, target }) => folderOf(file) !== folderOf(target) && stepOf(target) >= stepOf(file),
  );
  expect(upward).toEqual([]);
});

function importsOf(file: string): readonly string[] {
  const path = resolve(root, file);
  const found = readFileSync(path, 'utf8').matchAll(/\b(?:from|import\()\s*'(\.[^']+)'/g);
  return Array.from(found, ([, target]) => relative(root, resolve(dirname(path), target as string)));
}

function folderOf(file: string): string {
  return file.split('/')[0] as string;
}

function stepOf(file: string): number {
  return order.findIndex((step) => step.includes(folderOf(file)));
}
