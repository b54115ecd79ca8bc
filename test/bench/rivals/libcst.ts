import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const venv = join(root, 'node_modules/.cache/libcst');
const python = join(venv, 'bin/python');
const requirements = join(import.meta.dirname, 'requirements.txt');
const script = join(import.meta.dirname, 'wrap_prints.py');

/** Whether LibCST is there, in the venv that {@link installLibCst} makes. */
export function hasLibCst(): boolean {
  return existsSync(python) && spawnSync(python, ['-c', 'import libcst']).status === 0;
}

/** Installs the pinned LibCST, unless it is there. Returns why that failed, undefined where it did not. */
export function installLibCst(): string | undefined {
  if (hasLibCst()) return undefined;
  const own = join(root, '.venv/bin/python');
  const made = spawnSync(existsSync(own) ? own : 'python3', ['-m', 'venv', '--clear', venv], {
    encoding: 'utf8',
  });
  if (made.status !== 0) return `no venv could be made: ${made.stderr ?? made.error?.message}`;
  const options = ['--quiet', '--only-binary', ':all:', '--no-deps', '-r', requirements];
  const installed = spawnSync(python, ['-m', 'pip', 'install', ...options], { encoding: 'utf8' });
  return installed.status === 0 ? undefined : installed.stderr;
}

/** The script with its metric prints wrapped by LibCST, without a prelude. */
export function wrapByLibCst(text: string): string {
  return execFileSync(python, [script], { input: text, encoding: 'utf8' });
}

/** Milliseconds that LibCST takes to wrap each of the scripts `rounds` times; Python's own start is not in it. */
export function timeLibCst(texts: readonly string[], rounds: number): number {
  const input = JSON.stringify(texts);
  return Number(execFileSync(python, [script, String(rounds)], { input, encoding: 'utf8' }));
}
