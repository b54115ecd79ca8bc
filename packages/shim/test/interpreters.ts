import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Versions that the shim runs on. */
export const versions = ['2.7', ...Array.from({ length: 11 }, (_, i) => `3.${i + 4}`)];

/** The one that tests use which are not about versions. */
export const python = interpreterOf('python3') ?? 'python3';

/** One that any user may run: for tests that drop the rights of root. */
export const publicPython = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path));

/** Whether namespaces can be made: as root, or as a user where that is allowed. */
export const canUnshare =
  spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0 &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Makes the words that follow process 1 of a namespace of their own. */
export const asProcess1 = ['unshare', '--pid', '--fork', '--mount-proc'];

/** This machine's interpreters, by version: those of PATH and of pyenv's folder. */
export function findInterpreters(): ReadonlyMap<string, string> {
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const found = new Map<string, string>();
  for (const version of versions) {
    const ours = installed.filter((name) => name.startsWith(`${version}.`));
    const candidates = [...ours.map((name) => join(pyenv, name, 'bin/python')), `python${version}`];
    const path = candidates.map(interpreterOf).find((each) => each !== undefined);
    if (path) found.set(version, path);
  }
  return found;
}

/** The path of the interpreter behind a command; undefined where it doesn't start. */
function interpreterOf(command: string): string | undefined {
  try {
    const text = execFileSync(command, ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim() || undefined;
  } catch {
    return undefined;
  }
}
