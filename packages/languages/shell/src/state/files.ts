import { emptyValue, joinValues, readOnlyValue, type Value } from '../values/value.ts';
import { fileKey } from './paths.ts';
import type { Shell } from './shell.ts';
import { container, type Destination, nowhere, type Source } from './streams.ts';
import { outputOf, stderrOf, stdoutOf } from './write.ts';

/** Opens a file for writing: what it held is gone, unless it is appended to. */
export function openFile(key: string, append: boolean, shell: Shell): void {
  if (!append) shell.files.set(key, { choices: [emptyValue] });
  else if (!shell.files.has(key)) {
    // In a folder that the script has made there is nothing yet.
    const fresh = key.startsWith('\0#');
    const before = fresh
      ? emptyValue
      : readOnlyValue(emptyValue, 'the text is appended to a file that may hold more');
    shell.files.set(key, { choices: [before] });
  }
}

/** What a device's name stands for; absent for a plain file. */
export function deviceOf(key: string, shell: Shell): Destination | undefined {
  if (key === '/dev/null') return nowhere;
  if (key === '/dev/stdout') return stdoutOf(shell);
  if (key === '/dev/stderr') return stderrOf(shell);
  const descriptor = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(key)?.[1];
  if (descriptor !== undefined) return outputOf(Number(descriptor), shell);
  return /^\/proc\/1\/fd\/[12]$|^\/dev\/(tty|console)$/.test(key) ? container : undefined;
}

/** What reading a file gives. */
export function readFile(name: Value, shell: Shell): Source {
  const key = fileKey(name, shell);
  if (key === '/dev/null') return { kind: 'known', choices: [emptyValue] };
  if (key === '/dev/stdin') return shell.input;
  const file = shell.files.get(key);
  return file && file.choices.length > 0 ? { kind: 'known', choices: file.choices } : { kind: 'unknown' };
}

/** The texts of all sources in a row; absent if one of them isn't known. */
export function joinSources(sources: readonly Source[]): Value | undefined {
  const values: Value[] = [];
  for (const source of sources) {
    const [value] = source.kind === 'known' && source.choices.length === 1 ? source.choices : [];
    if (!value) return undefined;
    values.push(value);
  }
  return joinValues(values);
}
