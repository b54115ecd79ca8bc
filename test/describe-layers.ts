import { readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Tests that what stands in a folder of sources imports only what stands below it, and runs in no circles.
 *
 * @param order its files and folders from the lowest step up; those of one step know nothing of each other
 * @param recursions circles that stay: files that need each other because what they read does; in order, as their files
 */
export function describeLayers(
  root: string,
  order: readonly (readonly string[])[],
  recursions: readonly (readonly string[])[] = [],
): void {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const imports = new Map(files.map((file) => [file, importsOf(root, file)]));
  const stepOf = (file: string): number => order.findIndex((step) => step.includes(folderOf(file)));

  it('names every folder once', () => {
    expect(readdirSync(root).toSorted()).toEqual(order.flat().toSorted());
  });

  it('imports only from earlier steps', () => {
    const all = [...imports].flatMap(([file, targets]) => targets.map((target) => ({ file, target })));
    expect(all.length).toBeGreaterThan(files.length);
    const upward = all.filter(
      ({ file, target }) => folderOf(file) !== folderOf(target) && stepOf(target) >= stepOf(file),
    );
    expect(upward).toEqual([]);
  });

  it('runs in no circle but those of honest recursion', () => {
    const reached = new Map(files.map((file) => [file, reachedFrom(file, imports)]));
    const isBothWays = (a: string, b: string): boolean =>
      !!reached.get(a)?.has(b) && !!reached.get(b)?.has(a);
    const circles = files
      .filter((file) => reached.get(file)?.has(file))
      .map((file) => files.filter((other) => isBothWays(file, other)).toSorted());
    expect([...new Set(circles.map(String))].toSorted()).toEqual(recursions.map(String));
  });
}

function importsOf(root: string, file: string): readonly string[] {
  const path = resolve(root, file);
  const found = readFileSync(path, 'utf8').matchAll(/\b(?:from|import\()\s*'(\.[^']+)'/g);
  return Array.from(found, ([, target]) => relative(root, resolve(dirname(path), target as string)));
}

/** All files that a file needs. */
function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (from: string): void => {
    for (const target of imports.get(from) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      visit(target);
    }
  };
  visit(file);
  return seen;
}

function folderOf(file: string): string {
  return file.split('/')[0] as string;
}
