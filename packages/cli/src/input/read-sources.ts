import type { Io } from '../io.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import { type FileChoice, listFiles } from './list-files.ts';
import { decodeSource, type SourceFile } from './source-file.ts';

/** More than this is no manifest. An object of the API server holds 1.5 MiB. */
const LARGEST = 64 * 1024 * 1024;

/** Reads what `-f` names. Throws a CommandFailure where nothing is named, or something can't be read. */
export async function readSources(
  names: readonly string[],
  recursive: boolean,
  io: Io,
): Promise<readonly SourceFile[]> {
  if (names.length === 0) throw new CommandFailure([problem('no-input', 'No manifest is given.')]);
  const sources: SourceFile[] = [];
  for (const file of await listFiles(names, recursive, io)) sources.push(await readSource(file, io));
  return sources;
}

/** Reads one file, or standard input. Throws a CommandFailure. */
export async function readSource(file: FileChoice, io: Io): Promise<SourceFile> {
  const { path, name } = file;
  const bytes = await (path === undefined ? io.readStdin() : io.readFile(path)).catch(
    (error: NodeJS.ErrnoException) => {
      const message = `${name} can't be read: ${error.code ?? error.message}.`;
      throw new CommandFailure([problem('file-not-readable', message, { file: name })]);
    },
  );
  if (bytes.length > LARGEST) {
    const message = `${name} has ${bytes.length} bytes; at most ${LARGEST} are read.`;
    throw new CommandFailure([problem('too-large', message, { file: name })]);
  }
  return decodeSource(name, bytes, path);
}
