import { chmod, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findCommand } from './container-command.ts';

/** The folders of one run, gone after {@link TrialFolder.remove}. */
export interface TrialFolder {
  /** Where the command runs. Empty at first. */
  readonly work: string;
  /** `TMPDIR` of the run. Empty at first. */
  readonly temporary: string;
  /** Where a root may be made; not there yet. */
  readonly root: string;
  /** `PATH` of the run. */
  readonly searchPath: string;
  /**
   * Names that are new in every run, so that two outputs can be compared: the run's own folder, and what `mktemp` and
   * its like made in `TMPDIR`, in the order of creation. Longest first.
   */
  names(): Promise<readonly RunName[]>;
  remove(): Promise<void>;
}

/** A name that differs from run to run, and what to read in its place. */
export interface RunName {
  readonly text: string;
  readonly standIn: string;
}

/**
 * Makes the folders of a run below the system's temporary folder.
 *
 * @param path folders to search before `PATH`, such as the `bin` of a virtual environment. Where they hold no
 *   `python` but a `python3`, a `python` that starts it is added.
 */
export async function createTrialFolder(path: readonly string[] = []): Promise<TrialFolder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'katib-push-')));
  const [work, temporary, bin] = [join(root, 'work'), join(root, 'tmp'), join(root, 'bin')];
  await Promise.all([work, temporary, bin].map((folder) => mkdir(folder)));
  const inherited = process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  const searchPath = [...path, inherited, bin].join(delimiter);
  if (!(await findCommand('python', searchPath, work))) await addPython(bin);

  return {
    root: join(root, 'root'),
    work,
    temporary,
    searchPath,
    async names() {
      const entries = await readdir(temporary);
      const born = await Promise.all(
        entries.map(async (name) => (await stat(join(temporary, name))).birthtimeMs),
      );
      const made = entries
        .map((name, index) => ({ name, born: born[index] ?? 0 }))
        .sort((a, b) => a.born - b.born || (a.name < b.name ? -1 : 1))
        .map(({ name }, index) => ({ text: join(temporary, name), standIn: `<temporary ${index + 1}>` }));
      return [...made, { text: root, standIn: '<run>' }].sort((a, b) => b.text.length - a.text.length);
    },
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** A script and no link: Python finds a virtual environment by the name it was started under. */
async function addPython(bin: string): Promise<void> {
  const file = join(bin, 'python');
  await writeFile(file, '#!/bin/sh\nexec python3 "$@"\n');
  await chmod(file, 0o755);
}
