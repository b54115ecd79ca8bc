import { joinValues, type Value } from '../values/value.ts';
import type { Shell } from './shell.ts';
import type { Sink } from './streams.ts';

/** Commands that write nothing, or whose output is noted as the shell's own. */
export const silent: ReadonlySet<string> = new Set(
  ': [ alias basename break builtin cd chmod chown command continue cp echo exit export false install jobs kill let ln mkdir mkfifo mktemp mv printf rm rmdir set shift shopt sleep test touch trap true ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** Writes to a sink: a known text, or one that is known only at run time. */
export function write(sink: Sink, text: Value | undefined, by: string, shell: Shell): void {
  if (sink.kind === 'file') {
    const before = shell.files.get(sink.key);
    if (!text || !before || before.because)
      shell.files.set(sink.key, { choices: [], because: before?.because ?? `it is written by ${by}` });
    else shell.files.set(sink.key, { choices: before.choices.map((value) => joinValues([value, text])) });
    return;
  }
  if (sink.kind !== 'pipe') return;
  if (text && shell.uncertain <= sink.uncertain) sink.written.push(text);
  else sink.unknown = true;
}

export function stdoutOf(shell: Shell): Sink {
  return shell.outputs[1] ?? { kind: 'nowhere' };
}

export function stderrOf(shell: Shell): Sink {
  return shell.outputs[2] ?? { kind: 'nowhere' };
}
