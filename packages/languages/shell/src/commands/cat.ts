import { writtenText } from '../values/read-value.ts';
import { joinValues, type Value } from '../values/value.ts';
import { type Call, commandLine, operands } from '../walk/call.ts';
import { fileKey } from '../walk/paths.ts';
import { claimInput, deviceOf, openFile, readFile } from '../walk/redirect.ts';
import { reportUnknown } from '../walk/report-unknown.ts';
import { isSystemFile } from '../walk/run-other.ts';
import type { Shell } from '../walk/shell.ts';
import type { Source } from '../walk/streams.ts';
import { stdoutOf, write } from '../walk/write.ts';
import { show } from './show.ts';

/** `cat`: its files, or what it reads, one after the other. */
export function runCat(call: Call): void {
  const { shell } = call;
  const files = operands(call);
  const plain = files.length + 1 === call.words.length;
  const sources = files.length === 0 ? [shell.input] : files.map((file) => sourceOf(file, shell));
  if (files.length === 0 || sources.includes(shell.input)) claimInput('cat', plain, shell);
  const text = plain ? joinSources(sources) : undefined;
  // What a program writes through the pipe is the program's.
  const fromPipe = sources.some((source) => source.kind === 'unknown' && source.pipe);
  if (text || !fromPipe) {
    const unknownFile = files.some((_, i) => sources[i]?.kind === 'unknown' && !(sources[i] === shell.input));
    if (!text && unknownFile && !files.every(isSystemFile)) {
      if (stdoutOf(shell).kind === 'container')
        reportUnknown(
          shell,
          call.place,
          'unknown-command',
          'cat prints a file that is not in the Experiment',
          commandLine(call),
        );
      write(stdoutOf(shell), undefined, 'cat', shell);
    } else if (text) show(call, 'cat', text);
    else write(stdoutOf(shell), undefined, 'cat', shell);
  } else write(stdoutOf(shell), undefined, 'cat', shell);
}

function sourceOf(file: Value, shell: Shell): Source {
  return file.text === '-' ? shell.input : readFile(file, shell);
}

function joinSources(sources: readonly Source[]): Value | undefined {
  const values: Value[] = [];
  for (const source of sources) {
    if (source.kind !== 'known' || source.choices.length !== 1) return undefined;
    values.push(source.choices[0] as Value);
  }
  return joinValues(values);
}

/** `tee FILE…`: what it reads, into files and on to its output. */
export function runTee(call: Call): void {
  const { shell } = call;
  claimInput('tee', true, shell);
  const { input } = shell;
  const append = call.words.some((word) => word.text === '-a' || word.text === '--append');
  const text = input.kind === 'known' && input.choices.length === 1 ? input.choices[0] : undefined;
  for (const file of operands(call)) {
    const key = fileKey(file, shell);
    if (deviceOf(key, shell)) continue;
    openFile(key, append, shell);
    write({ kind: 'file', key, name: writtenText(file) }, text, 'tee', shell);
  }
  if (text) show(call, 'tee', text);
  else write(stdoutOf(shell), undefined, 'tee', shell);
}
