import type { Value } from '../values/value.ts';
import type { Call } from '../walk/call.ts';
import { stdoutOf, write } from '../walk/write.ts';

/** Text that the shell writes: noted for the report, and handed to whoever reads it. Absent if nothing is known of it. */
export function show(call: Call, sink: string, value: Value | undefined): void {
  const { shell } = call;
  const { layer, from, to } = call.place;
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
