import { argument, operands } from '../state/call.ts';
import { fileKey, resolve } from '../state/paths.ts';
import { type Call, freshSymbol } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { closed } from '../values/encodings.ts';
import { addedValue, choicesOf, type Value } from '../values/value.ts';

export function changeFolder(call: Call): void {
  const { shell } = call;
  const [folder] = operands(call);
  const before = shell.cwd;
  if (argument(call, 1) === '-') shell.cwd = shell.cwdBefore;
  else shell.cwd = folder ? fileKey(folder, shell) : resolve('~', shell.cwd);
  shell.cwdBefore = before;
}

/** `popd`, one deep. */
export function popFolder({ shell }: Call): void {
  [shell.cwd, shell.cwdBefore] = [shell.cwdBefore, shell.cwd];
}

export function printFolder({ shell }: Call): void {
  write(stdoutOf(shell), addedValue(`${shell.cwd}\n`), 'pwd', shell);
}

export function makeFolders(call: Call): void {
  for (const folder of operands(call, 1, 'm')) call.shell.directories.add(fileKey(folder, call.shell));
}

/** `mktemp`: a name that is known only at run time, and that no other has. */
export function makeTemporary(call: Call): void {
  const { shell } = call;
  const symbol = freshSymbol(shell);
  const { layer, from, to } = call.site;
  const name: Value = {
    pieces: [{ kind: 'expansion', layer, from, to, encoding: closed, symbol, choices: [], type: 'string' }],
    text: '_'.repeat(to - from),
  };
  if (call.words.some((word) => /^(-\w*d\w*|--directory)$/.test(word.text)))
    shell.directories.add(`\0${symbol}\0`);
  else shell.files.set(`\0${symbol}\0`, { choices: choicesOf(addedValue('')) });
  write(stdoutOf(shell), name, 'mktemp', shell);
}
