import { joinValues, type Value } from '../values/value.ts';
import type { Call, Shell } from './shell.ts';
import { type Destination, nowhere } from './streams.ts';

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
  return outputOf(1, shell);
}

export function stderrOf(shell: Shell): Destination {
  return outputOf(2, shell);
}

/** Where a descriptor writes to; nowhere if it is closed. */
export function outputOf(descriptor: number, shell: Shell): Destination {
  return shell.outputs.get(descriptor) ?? nowhere;
}

/** Text that the shell writes: noted for the report, and handed to whoever reads it. Absent if nothing is known of it. */
export function show(call: Call, sink: string, value: Value | undefined): void {
  const { shell } = call;
  const { layer, from, to } = call.site;
  const output = stdoutOf(shell);
  shell.walk.written.push({
    layer,
    range: { from, to },
    callee: call.name,
    sink,
    output,
    ...(value ? { value } : {}),
  });
  write(output, value, sink, shell);
}
