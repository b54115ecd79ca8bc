import { argument, operands } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { joinSources, readFile } from '../state/files.ts';
import { fileKey } from '../state/paths.ts';
import type { Call } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { writtenText } from '../values/read-value.ts';
import { readOnlyValue, type Value } from '../values/value.ts';
import { runExternal } from '../walk/run-external.ts';

/** `cp A B`, `cp A… FOLDER`, `install -m 755 A B`, `ln -s A B`: what A holds by now, B holds too. */
export function copyFile(call: Call): void {
  const { shell } = call;
  const names = operands(call, 1, 'mogtS');
  const target = names.at(-1);
  if (!target || names.length < 2) return;
  const to = fileKey(target, shell);
  const isFolder =
    names.length > 2 || /(^|\/)\.{0,2}$/.test(writtenText(target)) || shell.directories.has(to);
  for (const name of names.slice(0, -1)) {
    const from = fileKey(name, shell);
    const file = shell.files.get(from);
    const key = isFolder ? `${to}/${from.slice(from.lastIndexOf('/') + 1)}` : to;
    if (file) shell.files.set(key, file);
    else shell.files.delete(key);
    if (/(^|\/)mv$/.test(argument(call, 0) ?? '')) shell.files.delete(from);
  }
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

/** `sed -i … FILE` changes a file; else what it writes is like what it reads: near enough to be read, not to be edited. */
export function editFile(call: Call): void {
  const { shell } = call;
  const change = (value: Value): Value => readOnlyValue(value, 'sed changes the text before it is run');
  const script = call.words.some((word) => /^(-e|-f|--expression|--file)/.test(word.text)) ? 0 : 1;
  const files = operands(call, 1, 'ef').slice(script);
  if (call.words.some((word) => /^(-[a-zA-Z]*i|--in-place)/.test(word.text))) {
    for (const name of files) {
      const key = fileKey(name, shell);
      const file = shell.files.get(key);
      if (file) shell.files.set(key, { ...file, choices: file.choices.map(change) });
    }
    return;
  }
  const text = joinSources(files.length === 0 ? [shell.input] : files.map((file) => readFile(file, shell)));
  if (!text || stdoutOf(shell).kind === 'container') {
    runExternal(call);
    return;
  }
  if (files.length === 0) claimInput('sed', 'some', shell);
  write(stdoutOf(shell), change(text), 'sed', shell);
}
