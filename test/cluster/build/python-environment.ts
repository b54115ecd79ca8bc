import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, forgetOlder } from './build.ts';

const run = promisify(execFile);

/** Its interpreter, or why there is none. */
export type PythonEnvironment = { readonly python: string } | { readonly missing: string };

/** Installs pinned packages into an environment in the cache, once. */
export async function makePythonEnvironment(name: string, requirements: string): Promise<PythonEnvironment> {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `${name}-${hash}`);
  const python = join(folder, 'bin/python');
  const done = join(folder, 'complete');
  if (existsSync(done)) return { python };
  rmSync(folder, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', folder]);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '-r',
      requirements,
    ]);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: `its packages could not be installed: ${String(error).split('\n').at(-1)}` };
  }
  mkdirSync(done);
  forgetOlder(name, folder);
  return { python };
}
