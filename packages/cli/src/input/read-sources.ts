import type { ManifestOptions } from '../commands/options.ts';
import type { Io } from '../io.ts';
import { describeFault } from '../problems/describe-fault.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { type FileChoice, listFiles } from './list-files.ts';
import { decodeSource, type SourceFile } from './source-file.ts';

/** More than this is no manifest. An object of the API server holds 1.5 MiB. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Reads what `-f` names. What can't be read is a problem and hides nothing else.
 *
 * Throws a CommandFailure where nothing is named, or nothing of it can be read.
 */
export async function readSources(
  { filename: names = [], recursive = false }: ManifestOptions,
  io: Io,
): Promise<{ readonly sources: readonly SourceFile[]; readonly problems: readonly Problem[] }> {
  if (names.length === 0) throw new CommandFailure([problem('no-input', 'No manifest is given.')]);
  const listed = await listFiles(names, recursive, io);
  const sources: SourceFile[] = [];
  const problems = [...listed.problems];
  for (const file of listed.files) {
    try {
      sources.push(await readSource(file, io));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      problems.push(...error.problems);
    }
  }
  if (sources.length === 0) throw new CommandFailure(problems);
  return { sources, problems };
}

/** Reads one file, or standard input. Throws a CommandFailure. */
export async function readSource(file: FileChoice, io: Io): Promise<SourceFile> {
  const { path, name } = file;
  const bytes = await (path === undefined ? io.readStdin() : io.readFile(path)).catch(
    (error: NodeJS.ErrnoException) => {
      const message = `${name} can't be read: ${describeFault(error)}.`;
      throw new CommandFailure([problem('file-not-readable', message, { file: name })]);
    },
  );
  if (bytes.length > LARGEST) {
    const message = `${name} has ${bytes.length} bytes; at most ${LARGEST} are read.`;
    throw new CommandFailure([problem('file-too-large', message, { file: name })]);
  }
  return decodeSource(name, bytes, path);
}
