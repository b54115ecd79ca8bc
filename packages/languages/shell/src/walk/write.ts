import { joinValues, type Value } from '../values/value.ts';
import type { Shell } from './shell.ts';
import type { Destination } from './streams.ts';

/** Commands that write nothing, or whose output is noted as the shell's own. */
export const silent: ReadonlySet<string> = new Set(
  ': [ alias basename break builtin cd chmod chown command continue cp echo exit export false install jobs kill let ln mkdir mkfifo mktemp mv printf rm rmdir set shift shopt sleep test touch trap true ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** Writes to a destination: a known text, or one that is known only at run time. */
export function write(destination: Destination, text: Value | undefined, by: string, shell: Shell): void {
  if (destination.kind === 'file') {
    const before = shell.files.get(destination.key);
    if (!text || !before || before.because)
      shell.files.set(destination.key, { choices: [], because: before?.because ?? `it is written by ${by}` });
    else
      shell.files.set(destination.key, { choices: before.choices.map((value) => joinValues([value, text])) });
    return;
  }
  if (destination.kind !== 'pipe') return;
  if (text && shell.uncertain <= destination.uncertain) destination.written.push(text);
  else destination.unknown = true;
}

export function stdoutOf(shell: Shell): Destination {
  return shell.outputs[1] ?? { kind: 'nowhere' };
}

export function stderrOf(shell: Shell): Destination {
  return shell.outputs[2] ?? { kind: 'nowhere' };
}
