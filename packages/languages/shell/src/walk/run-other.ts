import { identity, outermostLayer, readShebang } from '@katib-push/core';
import { commandLine, operands } from '../state/call.ts';
import { claimInputByName } from '../state/claim-input.ts';
import { readFile } from '../state/files.ts';
import { reportUnknown } from '../state/found.ts';
import { harmless, hooks, readsText } from '../state/harmless.ts';
import { fileKey, isSystemFile } from '../state/paths.ts';
import type { Call, File } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { knownText, writtenText } from '../values/read-value.ts';
import { layerValue, type Value } from '../values/value.ts';
import { runExternal } from './run-external.ts';

/** A command that is no interpreter: a file that the script has written, one known to print no metric, or any other. */
export function runOther(call: Call): void {
  const { shell } = call;
  const value = call.words[0] as Value;
  const name = knownText(value) ?? writtenText(value);
  const file = shell.files.get(fileKey(value, shell));
  if (file && name.includes('/')) {
    runShebang(file, call);
    return;
  }
  write(stdoutOf(shell), undefined, name, shell);
  const base = name.slice(name.lastIndexOf('/') + 1);
  const line = commandLine(call);
  claimInputByName(base, shell);
  if (base === 'find' && call.words.some((word) => /^-(exec|execdir|ok|okdir)$/.test(word.text)))
    reportUnknown(shell, call.site, 'not-followed', 'what find runs is put together at run time', line);
  else if (readsText.has(base)) readText(base, call);
  else if (harmless.has(base) || hooks.test(line)) return;
  else if (name.includes('/'))
    reportUnknown(shell, call.site, 'script-in-image', `the program is in the image: ${name}`, line);
  else reportUnknown(shell, call.site, 'unknown-command', `${base} may write metrics`, line);
}

/** `./train.py`: the interpreter is named in the file's first line; without one, a shell runs it. */
function runShebang(file: File, call: Call): void {
  const lines = new Set(file.choices.map((text) => readShebang(text.text).join('\0')));
  const [path, ...args] = call.words as [Value, ...Value[]];
  if (lines.size === 0) {
    const why = file.because ?? 'there are too many ways to write it';
    const reason = `the text of ${writtenText(path)} is not known: ${why}`;
    write(stdoutOf(call.shell), undefined, 'a file', call.shell);
    reportUnknown(call.shell, call.site, 'not-followed', reason, commandLine(call));
  }
  for (const line of lines) {
    const shebang = (line || 'sh')
      .split('\0')
      .map((word) => layerValue(outermostLayer(word, 'shebang', ''), identity));
    runExternal({ ...call, words: [...shebang, path, ...args] });
  }
}

/** Commands whose first operand is no file. */
const firstIsProgram = new Set(['grep', 'egrep', 'fgrep', 'awk', 'gawk', 'sed', 'jq']);

/**
 * `grep loss log.txt`, `tail -f log.txt`: what it prints is in a file. What it reads from a pipe is noted with the pipe.
 * Without either, an `awk` program prints text of its own.
 */
function readText(name: string, call: Call): void {
  const { shell } = call;
  if (stdoutOf(shell).kind !== 'container') return;
  const files = firstIsProgram.has(name)
    ? operands(call, 1, 'vFfemAB').slice(1)
    : operands(call, 1, 'ncdfkt');
  const { input } = shell;
  const reads =
    files.length > 0 ||
    (input.kind === 'container' && firstIsProgram.has(name)) ||
    (input.kind === 'unknown' && !input.pipe);
  if (!reads || (files.length > 0 && files.every((file) => isSystemFile(file)))) return;
  const written = input.kind !== 'unknown' && files.every((file) => readFile(file, shell).kind === 'known');
  const reason = written
    ? `${name} prints text of its own`
    : `${name} prints a file that is not in the Experiment`;
  reportUnknown(shell, call.site, 'unknown-command', reason, commandLine(call));
}
