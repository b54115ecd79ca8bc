import {
  followCommand,
  identity,
  type Layer,
  outermostLayer,
  type ProgramSource,
  readShebang,
} from '@katib-push/core';
import { changesNothing, harmless, harmlessModules, hooks, readsText } from '../commands/harmless.ts';
import { toWordLayer } from '../values/to-layer.ts';
import { addedValue, knownText, layerValue, type Value, writtenText } from '../values/value.ts';
import { type Call, commandLine, operands } from './call.ts';
import { fileName, findProgram, type Run } from './find-program.ts';
import { fileKey } from './paths.ts';
import { claimInput, readFile } from './redirect.ts';
import { reportUnknown } from './report-unknown.ts';
import { runCall } from './run-command.ts';
import type { File } from './shell.ts';
import { stdoutOf, write } from './write.ts';

/** Runs a command that the shell itself doesn't know: follows it to an interpreter, a file, or to nothing known. */
export function runExternal(call: Call): void {
  const { shell } = call;
  const values = new Map<Layer, Value>();
  const words = call.words.map((value) => {
    const layer = toWordLayer(value, 'word', call.place);
    values.set(layer, value);
    return layer;
  });
  const valueOf = (layer: Layer): Value => values.get(layer) ?? layerValue(layer, identity);
  const followed = followCommand(words, {
    languages: shell.walk.languages,
    dropsEnvironment: shell.dropsEnvironment,
  });
  const command = commandLine(call);

  switch (followed.kind) {
    case 'nothing':
      return;
    case 'unknown':
      write(stdoutOf(shell), undefined, command, shell);
      return reportUnknown(shell, call.place, 'not-followed', followed.reason, command);
    case 'command': {
      const inner = followed.words.map(valueOf);
      const inFront = inner.length < call.words.length;
      const next: Call = {
        ...call,
        words: inner,
        assignments: new Map(),
        shell: { ...shell, dropsEnvironment: followed.dropsEnvironment },
      };
      if (inFront) return runCall(next);
      return runOther(next);
    }
  }
  const { language, source, dropsEnvironment } = followed;
  claimInput(followed.command, false, shell);
  const run = { language, command: followed.command, args: followed.args.map(valueOf), dropsEnvironment };
  runSource(source, run, valueOf, call);
}

function runSource(
  source: ProgramSource,
  run: Omit<Run, 'name'>,
  valueOf: (layer: Layer) => Value,
  call: Call,
): void {
  const { shell } = call;
  const command = commandLine(call);
  const unknown = (code: 'not-followed' | 'script-in-image', reason: string): void => {
    write(stdoutOf(shell), undefined, run.command, shell);
    reportUnknown(shell, call.place, code, reason, command);
  };
  switch (source.kind) {
    case 'inline':
      return findProgram([valueOf(source.text)], { ...run, name: `${run.command} ${source.flag}` }, call);
    case 'stdin':
      if (shell.input.kind === 'known')
        return findProgram(
          shell.input.choices,
          { ...run, name: 'stdin', args: [addedValue(run.command), ...run.args] },
          call,
        );
      if (shell.input.kind === 'container')
        return unknown(
          'not-followed',
          `${run.command} reads its program from the container's standard input`,
        );
      return unknown('not-followed', `the program that ${run.command} reads is known only at run time`);
    case 'file': {
      const path = valueOf(source.path);
      const key = fileKey(path, shell);
      const file = shell.files.get(key);
      if (file) return runFile(file, key, fileName(path), { ...run, args: [path, ...run.args] }, call);
      if (key === '/dev/fd/0' || key === '/proc/self/fd/0')
        return runSource({ kind: 'stdin' }, run, valueOf, call);
      if (knownText(path) === undefined && source.path.opaque.length > 0)
        return unknown('not-followed', `which script is run is known only at run time: ${writtenText(path)}`);
      return unknown('script-in-image', `the script is in the image: ${writtenText(path)}`);
    }
    case 'module': {
      const name = source.name.text;
      const base = name.replaceAll('.', '/');
      for (const ending of run.language.extensions)
        for (const path of [`${base}${ending}`, `${base}/__main__${ending}`]) {
          const key = fileKey(addedValue(path), shell);
          const file = shell.files.get(key);
          if (file) return runFile(file, key, path, run, call);
        }
      if (harmlessModules.has(name)) return write(stdoutOf(shell), undefined, run.command, shell);
      return unknown('script-in-image', `the module is in the image: ${name}`);
    }
  }
}

function runFile(file: File, key: string, name: string, run: Omit<Run, 'name'>, call: Call): void {
  const { shell } = call;
  if (file.choices.length > 0) return findProgram(file.choices, { ...run, name, file: key }, call);
  write(stdoutOf(shell), undefined, run.command, shell);
  reportUnknown(
    shell,
    call.place,
    'not-followed',
    `the text of ${name} is not known: ${file.because ?? 'too many ways to write it'}`,
    commandLine(call),
  );
}

/** A command that is no interpreter: a file that the script has written, one known to print no metric, or any other. */
function runOther(call: Call): void {
  const { shell } = call;
  const value = call.words[0] as Value;
  const name = knownText(value) ?? writtenText(value);
  const file = shell.files.get(fileKey(value, shell));
  if (file && name.includes('/')) return runShebang(file, call);
  write(stdoutOf(shell), undefined, name, shell);
  const base = name.slice(name.lastIndexOf('/') + 1);
  claimInput(base, changesNothing.has(base), shell);
  if (readsText.has(base)) return readText(base, call);
  if (harmless.has(base) || hooks.test(commandLine(call))) return;
  if (name.includes('/'))
    return reportUnknown(
      shell,
      call.place,
      'script-in-image',
      `the program is in the image: ${name}`,
      commandLine(call),
    );
  reportUnknown(shell, call.place, 'unknown-command', `${base} may write metrics`, commandLine(call));
}

/** `./train.py`: the interpreter is named in the file's first line. */
function runShebang(file: File, call: Call): void {
  const { shell } = call;
  const [path, ...args] = call.words as [Value, ...Value[]];
  const name = fileName(path);
  if (file.choices.length === 0)
    return runFile(
      file,
      '',
      name,
      { language: shell.walk.language, command: name, args: [], dropsEnvironment: false },
      call,
    );
  for (const text of file.choices) {
    const line = readShebang(text.text);
    // Without one, the shell runs it as its own kind of script.
    const words = line.length > 0 ? line : ['sh'];
    const shebang = words.map((word) => layerValue(outermostLayer(word, 'shebang', ''), identity));
    runExternal({ ...call, words: [...shebang, path, ...args] });
  }
}

/** `grep x log.txt`, `tail -f log.txt`: what it prints is in a file. A pipe's reader is noted with the pipe. */
function readText(name: string, call: Call): void {
  const { shell } = call;
  const files = operands(call).slice(
    name === 'grep' || name === 'egrep' || name === 'awk' || name === 'sed' || name === 'jq' ? 1 : 0,
  );
  const unknown = files.some((file) => readFile(file, shell).kind !== 'known');
  if (files.length === 0 || !unknown) return;
  const target = stdoutOf(shell);
  if (target.kind === 'container')
    reportUnknown(
      shell,
      call.place,
      'unknown-command',
      `${name} prints a file that is not in the Experiment`,
      commandLine(call),
    );
}
