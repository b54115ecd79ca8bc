import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PEER = fileURLToPath(new URL('./peer.py', import.meta.url));

/** What CPython writes when it runs a script: stdout and stderr together, or the exception's name. */
export interface Ran {
  readonly output: string;
  readonly error?: string;
}

/** What CPython says of two versions of a script. */
export interface Compared {
  /** Whether the trees are equal once the client's calls and prelude are taken out. */
  readonly sameTree: boolean;
  /** Whether every remaining node stands on its old line. */
  readonly sameLines: boolean;
  /** Whether `__doc__` is the same. */
  readonly sameDoc: boolean;
  readonly error?: string;
}

/** Runs all scripts in one CPython process. */
export function runAll(scripts: readonly string[]): readonly Ran[] {
  return ask('run', scripts) as readonly Ran[];
}

/** Compares all pairs in one CPython process. */
export function compareAll(pairs: readonly (readonly [string, string])[]): readonly Compared[] {
  return ask('compare', pairs) as readonly Compared[];
}

function ask(what: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-I', PEER, what], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) throw new Error(`the Python peer left with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Whether CPython compiles each text, with a newline behind it. */
export function compiles(texts: readonly string[]): readonly boolean[] {
  return ask('compile', texts) as readonly boolean[];
}

/** Whether CPython's parser takes each text: it leaves what depends on names and places to the compiler. */
export function parses(texts: readonly string[]): readonly boolean[] {
  return ask('parse', texts) as readonly boolean[];
}
