import type { Layer, ProgramSource } from '@katib-push/core';
import { commandLine } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { reportUnknown } from '../state/found.ts';
import { harmlessModules } from '../state/harmless.ts';
import { fileKey } from '../state/paths.ts';
import type { Call, File } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { fileName, knownText, writtenText } from '../values/read-value.ts';
import { addedValue, choicesOf, type Value } from '../values/value.ts';
import { findProgram, type Run } from './find-program.ts';

/** What is known of a run before the program's text is found. */
export type RunWithoutName = Omit<Run, 'name' | 'file'>;

/** Finds the text of the program that an interpreter was given. */
export function runSource(
  source: ProgramSource,
  run: RunWithoutName,
  read: (layer: Layer) => Value,
  call: Call,
): void {
  switch (source.kind) {
    case 'inline':
      findProgram(choicesOf(read(source.text)), { ...run, name: `${run.command} ${source.flag}` }, call);
      break;
    case 'stdin':
      runInput(run, call);
      break;
    case 'file':
      runPath(read(source.path), run, call);
      break;
    case 'module':
      runModule(source.name.text, run, call);
  }
}

function runInput(run: RunWithoutName, reader: Call): void {
  const { input } = reader.shell;
  claimInput(run.command, 'none', reader.shell);
  // The program is read from there; what it reads itself is not known.
  const call: Call = { ...reader, shell: { ...reader.shell, input: { kind: 'unknown' } } };
  const args = [addedValue(run.command), ...run.args];
  if (input.kind === 'known') findProgram(input.choices, { ...run, name: 'stdin', args }, call);
  else if (input.kind === 'container')
    notFound(
      'not-followed',
      `${run.command} reads its program from the container's standard input`,
      run,
      call,
    );
  else notFound('not-followed', `the program that ${run.command} reads is known only at run time`, run, call);
}

function runPath(path: Value, run: RunWithoutName, call: Call): void {
  const key = fileKey(path, call.shell);
  const file = call.shell.files.get(key);
  if (file) runFile(file, key, fileName(path), { ...run, args: [path, ...run.args] }, call);
  else if (key === '/dev/fd/0' || key === '/proc/self/fd/0') runInput(run, call);
  else if (knownText(path) === undefined)
    notFound(
      'not-followed',
      `which script is run is known only at run time: ${writtenText(path)}`,
      run,
      call,
    );
  else notFound('script-in-image', `the script is in the image: ${writtenText(path)}`, run, call);
}

function runModule(name: string, run: RunWithoutName, call: Call): void {
  const { shell } = call;
  const base = name.replaceAll('.', '/');
  for (const ending of run.language.extensions)
    for (const path of [`${base}${ending}`, `${base}/__main__${ending}`]) {
      const key = fileKey(addedValue(path), shell);
      const file = shell.files.get(key);
      if (!file) continue;
      runFile(file, key, path, run, call);
      return;
    }
  if (harmlessModules.has(name)) write(stdoutOf(shell), undefined, run.command, shell);
  else notFound('script-in-image', `the module is in the image: ${name}`, run, call);
}

/** Runs a file that the script has written. */
function runFile(file: File, key: string, name: string, run: RunWithoutName, call: Call): void {
  const why = file.because ?? 'there are too many ways to write it';
  if (file.choices.length > 0) findProgram(file.choices, { ...run, name, file: key }, call);
  else notFound('not-followed', `the text of ${name} is not known: ${why}`, run, call);
}

function notFound(
  code: 'not-followed' | 'script-in-image',
  reason: string,
  run: RunWithoutName,
  call: Call,
): void {
  const { shell } = call;
  write(stdoutOf(shell), undefined, run.command, shell);
  if (run.language === shell.walk.language) claimInput(run.command, 'some', shell);
  reportUnknown(shell, call.site, code, reason, commandLine(call));
}
