import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const update = process.env.UPDATE === '1';

/** A case that is a directory: what its `case.json` says, and what lies there. */
export type CaseFolder<Described> = Described & {
  readonly name: string;
  readonly folder: string;
  /** Names of the files that are there, sorted. */
  readonly entries: readonly string[];
  /** What it shows, in one line. */
  readonly shows: string;
};

/** All cases of a folder, by name. Throws where one says nothing of itself, and says what to write. */
export function readCaseFolders<Described>(root: string): readonly CaseFolder<Described>[] {
  if (!existsSync(root))
    throw new Error(`${root} is missing: make it, with one directory per case (input.*, case.json)`);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const folder = join(root, name);
      const path = join(folder, 'case.json');
      const described = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
      if (!described.shows) throw new Error(`${path} needs "shows", one line`);
      return { ...described, name, folder, entries: readdirSync(folder).sort() };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Compares a text with the file of a case that keeps it; a missing one fails. `UPDATE=1` writes it, and nothing else does. */
export function compareFile(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  if (update) writeFileSync(path, text);
  if (!existsSync(path))
    throw new Error(`${path} is missing. This comes out; if it is right, write it with UPDATE=1:\n\n${text}`);
  expect(text, path).toBe(readFileSync(path, 'utf8'));
}

/** Compares the list of a case's files. */
export function compareFiles({ folder, entries }: CaseFolder<unknown>, wanted: readonly string[]): void {
  if (!update) expect(entries, `the files of ${folder}`).toEqual([...wanted].sort());
}
