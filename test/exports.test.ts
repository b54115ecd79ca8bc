import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const packages = ['packages', 'packages/languages']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .filter((folder) => existsSync(join(root, folder, 'src/index.ts')));

/** The names that an `index.ts` gives out, types among them. */
function namesOf(folder: string): readonly string[] {
  const text = readFileSync(join(root, folder, 'src/index.ts'), 'utf8');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '')
    .sort();
}

describe.each(packages)('%s', (folder) => {
  it('gives out these names, and re-exports by name only', () => {
    const text = readFileSync(join(root, folder, 'src/index.ts'), 'utf8');
    expect(text).not.toMatch(/export \*|export (?:const|function|class|interface|type \w+ =)/);
    expect(namesOf(folder)).toMatchSnapshot();
  });

  it('does nothing when it is imported', () => {
    const { sideEffects } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    // a worker's own file is run for what it does; bundlers would leave it out otherwise
    const others = [sideEffects].flat().filter((file) => !/\/worker\//.test(String(file)));
    expect(others.every((file) => file === false)).toBe(true);
  });
});

it('runs on the Node that the workspace brings', () => {
  expect(process.version).toMatch(/^v24\./);
});
