import { writtenText } from '../values/read-value.ts';
import { emptyValue, readOnlyValue, type Value } from '../values/value.ts';
import { type Call, operands } from '../walk/call.ts';
import { fileKey } from '../walk/paths.ts';
import { claimInput, deviceOf, readFile } from '../walk/redirect.ts';
import { runExternal } from '../walk/run-external.ts';
import type { File, Shell } from '../walk/shell.ts';
import { stdoutOf, write } from '../walk/write.ts';

/** `cp A B`, `cp A… FOLDER`, `install -m 755 A B`. */
export function copyFile(call: Call): void {
  transfer(call, false);
}

export function moveFile(call: Call): void {
  transfer(call, true);
}

/** `ln -s A B`: what A holds by now, B holds too. */
export function linkFile(call: Call): void {
  transfer(call, false);
}

function transfer(call: Call, moves: boolean): void {
  const { shell } = call;
  const names = operands(call, 1, 'mogtS');
  const target = names.at(-1);
  if (!target || names.length < 2) return;
  const to = fileKey(target, shell);
  const isFolder =
    names.length > 2 || /(^|\/)\.{0,2}$/.test(writtenText(target)) || shell.directories.has(to);
  for (const name of names.slice(0, -1)) {
    const from = fileKey(name, shell);
    const file = from === '/dev/stdin' ? fileOf(shell) : shell.files.get(from);
    const key = isFolder ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
    if (file) shell.files.set(key, file);
    else shell.files.delete(key);
    if (moves) shell.files.delete(from);
  }
}

function fileOf(shell: Shell): File {
  const { input } = shell;
  return input.kind === 'known'
    ? { choices: input.choices }
    : { choices: [], because: 'it is known only at run time' };
}

export function removeFiles(call: Call): void {
  const { shell } = call;
  for (const name of operands(call)) {
    const key = fileKey(name, shell);
    shell.files.delete(key);
    for (const inside of [...shell.files.keys()])
      if (inside.startsWith(`${key}/`)) shell.files.delete(inside);
  }
}

export function touchFiles(call: Call): void {
  const { shell } = call;
  for (const name of operands(call, 1, 'dtr')) {
    const key = fileKey(name, shell);
    if (!shell.files.has(key)) shell.files.set(key, { choices: [emptyValue] });
  }
}

/** What `dd` is told without changing what it copies. */
const copiesAll = /^(?:dd|(?:of|i?bs|obs|status)=.*)$/;

/** `dd of=FILE`; without `of=` it writes what it reads. */
export function receiveFile(call: Call): void {
  const { shell } = call;
  const target = call.words.find((word) => word.text.startsWith('of='));
  const source = call.words.find((word) => word.text.startsWith('if='));
  const key = target && fileKey({ ...target, pieces: withoutStart(target, 3) }, shell);
  if (key !== undefined && !deviceOf(key, shell)) {
    if (!source) claimInput('dd', 'none', shell);
    shell.files.set(key, source ? { choices: [], because: 'it is written by dd' } : fileOf(shell));
    return;
  }
  if (!source)
    claimInput('dd', !target && call.words.every(({ text }) => copiesAll.test(text)) ? 'all' : 'some', shell);
  write(stdoutOf(shell), undefined, 'dd', shell);
}

function withoutStart(value: Value, length: number): Value['pieces'] {
  const [first, ...rest] = value.pieces;
  return first?.kind === 'verbatim' ? [{ ...first, from: first.from + length }, ...rest] : value.pieces;
}

/** `sed -i … FILE` changes a file; else what it writes is like what it reads, changed. */
export function editFile(call: Call): void {
  const { shell } = call;
  const inPlace = call.words.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word.text));
  const script = call.words.some((word) => /^(-e|-f|--expression|--file)/.test(word.text)) ? 0 : 1;
  const files = operands(call, 1, 'ef').slice(script);
  if (inPlace) {
    for (const name of files)
      change(fileKey(name, shell), 'sed changes the file after it was written', shell);
    return;
  }
  passOn(call, files, 'sed');
}

function change(key: string, reason: string, shell: Shell): void {
  const file = shell.files.get(key);
  if (file)
    shell.files.set(key, { ...file, choices: file.choices.map((value) => readOnlyValue(value, reason)) });
}

/** `envsubst < A > B`: the text with variables filled in. */
export function substituteEnvironment(call: Call): void {
  passOn(call, [], 'envsubst');
}

/** A filter whose output is nearly its input: good enough to read, not to edit. */
function passOn(call: Call, files: readonly Value[], name: string): void {
  const { shell } = call;
  const [file] = files;
  const source = files.length > 1 ? undefined : file ? readFile(file, shell) : shell.input;
  const target = stdoutOf(shell);
  if (source?.kind === 'known' && source.choices.length === 1 && target.kind !== 'container') {
    claimInput(name, 'some', shell);
    write(
      target,
      readOnlyValue(source.choices[0] as Value, `${name} changes the text before it is run`),
      name,
      shell,
    );
  } else runExternal(call);
}
