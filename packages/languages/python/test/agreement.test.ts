import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withDocument } from './python.ts';
import { compiles, parses } from './python3.ts';
import {
  argumentLists,
  bodiesAround,
  matches,
  others,
  targetsInPlaces,
  unparsed,
  untold,
  walrusesInPlaces,
} from './syntax.ts';

const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 11))']);
const judges = String(stdout).trim() === 'True';

/** Packages of the standard library: about a megabyte of people's Python. */
const PACKAGES = [
  'asyncio',
  'concurrent/futures',
  'email',
  'importlib',
  'json',
  'logging',
  'multiprocessing',
  'unittest',
];

const isRefused = (text: string): boolean =>
  withDocument(`${text}\n`, ({ problem }) => problem !== undefined);

describe('a text is a problem', () => {
  test
    .skipIf(!judges)
    .each(
      Object.entries({ targetsInPlaces, walrusesInPlaces, bodiesAround, argumentLists, matches, others }),
    )('where CPython refuses it: %s', (_, texts) => {
    const refused = new Set(texts.filter(isRefused));
    const compiled = compiles(texts);
    const parsed = parses(texts);
    expect(new Set(compiled).size).toBe(2);
    expect(texts.filter((text, index) => compiled[index] && refused.has(text))).toEqual([]);
    // what only its compiler refuses need not be told
    expect(texts.filter((text, index) => !parsed[index] && !refused.has(text) && !untold.has(text))).toEqual(
      [],
    );
  });

  test('but for what is known', () => {
    expect([...untold].filter(isRefused)).toEqual([]);
    expect([...unparsed].filter((text) => !isRefused(text))).toEqual([]);
    expect(compiles([...unparsed])).toEqual([...unparsed].map(() => true));
  });

  test('and nothing of the standard library is', () => {
    const { stdout } = spawnSync('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))']);
    const folders = PACKAGES.map((name) => join(String(stdout).trim(), name));
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    const texts = files.filter((file) => file.endsWith('.py')).map((file) => readFileSync(file, 'utf8'));
    expect(texts.length).toBeGreaterThan(80);
    expect(texts.flatMap((text) => withDocument(text, ({ problem }) => problem ?? []))).toEqual([]);
  });
});
