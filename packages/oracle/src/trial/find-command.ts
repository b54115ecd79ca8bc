import { access, constants, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';

/**
 * The file that the system would run for a command; absent if there is none.
 *
 * @param command a name to search for, or a path, taken from `folder` where it is relative
 * @param searchPath folders as in `PATH`
 */
export async function findCommand(
  command: string,
  searchPath: string,
  folder: string,
): Promise<string | undefined> {
  const candidates = command.includes('/')
    ? [resolve(folder, command)]
    : searchPath.split(delimiter).map((each) => resolve(folder, each || '.', command));
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
