import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RE2JS } from 're2js';

/** From, to (UTF-16 units), group 1, group 2. A group that took no part is empty, as it is to Katib. */
export type Match = readonly [from: number, to: number, name: string, value: string];

export interface Case {
  readonly portable: string;
  readonly lines: readonly string[];
}

export function findWithRe2(filter: RE2JS, line: string): Match[] {
  const matches = [...filter.matchAll(line)];
  return matches.map(toMatch);
}

export function findWithJavaScript(portable: string, line: string): Match[] {
  const matches = [...line.matchAll(new RegExp(portable, 'gu'))];
  return matches.map(toMatch);
}

function toMatch({ index = 0, 0: text, 1: name = '', 2: value = '' }: RegExpMatchArray): Match {
  return [index, index + text.length, name, value];
}

/** For each case, for each of its lines. One process for all; a warning of `re` is an error. */
export function findWithPython(cases: readonly Case[]): Match[][][] {
  const script = fileURLToPath(new URL('find-matches.py', import.meta.url));
  const python = spawnSync('python3', ['-W', 'error', script], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  if (python.status !== 0) throw new Error(`python3 failed: ${python.error ?? python.stderr}`);
  return JSON.parse(python.stdout) as Match[][][];
}
