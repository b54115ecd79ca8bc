import { join, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { unreadable } from '../problems/describe-fault.ts';
import { type Problem, problem } from '../problems/problem.ts';

const manifest = /\.(?:ya?ml|json)$/i;

export interface FileChoice {
  /** Absolute; absent for standard input. */
  readonly path?: string;
  /** As the user would name it. */
  readonly name: string;
}

/**
 * The files that `-f` names, in order: a file as it is, `-` for standard input, of a folder the `*.yaml`, `*.yml`
 * and `*.json` by name (with `recursive` those of its folders too). What can't be found is a problem, one each.
 */
export async function listFiles(
  names: readonly string[],
  recursive: boolean,
  io: Pick<Io, 'statFile' | 'listFolder' | 'cwd'>,
): Promise<{ readonly files: readonly FileChoice[]; readonly problems: readonly Problem[] }> {
  const files: FileChoice[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    if (name === '-') {
      if (!files.some((file) => file.path === undefined)) files.push({ name: '<stdin>' });
      continue;
    }
    const path = resolve(io.cwd, name);
    const kind = await stat(path, name, io);
    if (typeof kind === 'object') problems.push(kind);
    else if (kind === 'file') files.push({ path, name });
    else if (kind === undefined) {
      problems.push(problem('file-not-readable', `There is no file ${name}.`, { file: name }));
    } else {
      const found = await listFolder(path, name, recursive, io);
      if (found.length === 0) {
        const message = `The folder ${name} holds no manifest (*.yaml, *.yml, *.json).`;
        const hint = recursive
          ? 'Name another folder, or a file.'
          : 'Name a file, or add -R to read its folders too.';
        problems.push(problem('no-input', message, { file: name, hint }));
      }
      files.push(...found);
    }
  }
  return { files, problems };
}

async function stat(
  path: string,
  name: string,
  io: Pick<Io, 'statFile'>,
): Promise<'file' | 'folder' | undefined | Problem> {
  try {
    return await io.statFile(path);
  } catch (error) {
    return unreadable(name, error as NodeJS.ErrnoException);
  }
}

async function listFolder(
  path: string,
  name: string,
  recursive: boolean,
  io: Pick<Io, 'listFolder'>,
): Promise<readonly FileChoice[]> {
  const entries = (await io.listFolder(path)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const found: FileChoice[] = [];
  for (const entry of entries) {
    const child = { path: join(path, entry.name), name: join(name, entry.name) };
    if (!entry.isFolder && manifest.test(entry.name)) found.push(child);
    else if (entry.isFolder && recursive) found.push(...(await listFolder(child.path, child.name, true, io)));
  }
  return found;
}
