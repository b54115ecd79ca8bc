import { basename, resolve } from 'node:path';
import type { WriteOptions } from '../commands/options.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../input/read-sources.ts';
import { describeFault } from '../problems/describe-fault.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import { count } from '../terminal/count.ts';

/** A file and its text as it shall be, without the byte order mark. */
export interface ChangedFile {
  readonly source: SourceFile;
  readonly text: string;
}

/**
 * Writes files where the options say: each back to its place, each into a folder, or all as one stream to standard output.
 * In place, a file that stays as it is isn't touched. Throws a CommandFailure before anything is written where a file has no
 * place, and where one can't be written.
 */
export async function writeFiles(
  files: readonly ChangedFile[],
  { inPlace, outputDir }: WriteOptions,
  context: Context,
): Promise<void> {
  const { io, note } = context;
  if (!inPlace && outputDir === undefined) {
    io.stdout.write(joinFiles(files.map(({ source, text }) => ({ text, bom: source.bom }))));
    return;
  }
  const targets = new Map<string, ChangedFile>();
  for (const file of files) {
    const target = targetOf(file.source, outputDir, io.cwd);
    const other = targets.get(target);
    if (other)
      throw usage(`${other.source.name} and ${file.source.name} would both be written to ${target}.`);
    targets.set(target, file);
  }
  const changed = [...targets].filter(([, { source, text }]) => !inPlace || source.text !== text);
  for (const [target, { source, text }] of changed) {
    await io.writeFile(target, withMark(text, source.bom)).catch((error: NodeJS.ErrnoException) => {
      const message = `${target} can't be written: ${describeFault(error)}.`;
      throw new CommandFailure([problem('file-not-writable', message, { file: source.name })]);
    });
  }
  note([`${count(changed.length, 'file')} written`]);
}

function targetOf({ name, path }: SourceFile, folder: string | undefined, cwd: string): string {
  if (path === undefined) throw usage('Standard input has no name to be written to.');
  return folder === undefined ? path : resolve(cwd, folder, basename(name));
}

function usage(message: string): CommandFailure {
  return new CommandFailure([problem('usage', message, { hint: 'Leave out --in-place and --output-dir.' })]);
}

/** Texts of several files as one stream of YAML documents: each begins with `---` unless it is the first. */
function joinFiles(files: readonly { readonly text: string; readonly bom: boolean }[]): string {
  let stream = '';
  for (const [i, { text, bom }] of files.entries()) {
    if (i === 0) {
      stream = withMark(text, bom);
      continue;
    }
    const eol = /\r\n/.test(stream) ? '\r\n' : '\n';
    if (stream !== '' && !stream.endsWith('\n')) stream += eol;
    // Directives of the next file need the end of this document in front of them.
    const begins = /^(?:\s*#[^\n]*\n|\s*\n)*(---|%)/.exec(text)?.[1];
    stream += begins === '---' ? text : begins === '%' ? `...${eol}${text}` : `---${eol}${text}`;
  }
  return stream;
}

/** A text with its byte order mark, where it has one. */
function withMark(text: string, bom: boolean): string {
  return bom ? `\ufeff${text}` : text;
}
