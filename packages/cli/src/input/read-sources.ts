import type { ManifestOptions } from '../commands/options.ts';
import type { Io } from '../io.ts';
import { unreadable } from '../problems/describe-fault.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { type FileChoice, listFiles } from './list-files.ts';

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

/** Reads one file, or standard input, as a text. Throws a CommandFailure. */
export async function readSource(file: FileChoice, io: Io): Promise<SourceFile> {
  return decodeSource(file.name, await readBytes(file, io), file.path);
}

/** Reads one file, or standard input. Throws a CommandFailure. */
export async function readBytes({ path, name }: FileChoice, io: Io): Promise<Uint8Array> {
  const bytes = await (path === undefined ? io.readStdin() : io.readFile(path)).catch(
    (error: NodeJS.ErrnoException) => {
      throw new CommandFailure([unreadable(name, error)]);
    },
  );
  if (bytes.length > LARGEST) {
    const message = `${name} has ${bytes.length} bytes; at most ${LARGEST} are read.`;
    throw new CommandFailure([problem('file-too-large', message, { file: name })]);
  }
  return bytes;
}

/** A text that was given, with what is needed to write it back byte by byte. */
export interface SourceFile {
  /** As the user named it; `<stdin>` for standard input. */
  readonly name: string;
  /** Absolute; absent for standard input. */
  readonly path?: string;
  /** Without the byte order mark. */
  readonly text: string;
  readonly bom: boolean;
}

/** Bytes as a UTF-8 text. Throws a CommandFailure `not-text` for other encodings, with the offset of the first bad byte. */
export function decodeSource(name: string, bytes: Uint8Array, path?: string): SourceFile {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bom ? bytes.subarray(3) : bytes,
    );
    return { name, text, bom, ...(path === undefined ? {} : { path }) };
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const message = `${name} is not UTF-8 text${utf16 ? ' (it looks like UTF-16)' : ''}.`;
    throw new CommandFailure([problem('not-text', message, { file: name })]);
  }
}
