import type { Program, Range } from '@katib-push/core';
import { oneLine } from '../values/read-value.ts';
import type { Shell } from './shell.ts';
import { stderrOf, stdoutOf } from './write.ts';

type Code = Extract<Program, { kind: 'unknown' }>['code'];

/** Notes something that is run and can't be followed. `command` defaults to the text of the range. */
export function reportUnknown(
  shell: Shell,
  range: Range,
  code: Code,
  reason: string,
  command?: string,
): void {
  const { layer } = shell;
  shell.walk.found.push({
    kind: 'unknown',
    program: {
      kind: 'unknown',
      layer,
      range: { from: range.from, to: range.to },
      command: oneLine(command ?? layer.text.slice(range.from, range.to)),
      reason,
      code,
    },
    // A command that isn't known matters by what it writes.
    ...(code === 'unknown-command' ? { stdout: stdoutOf(shell), stderr: stderrOf(shell) } : {}),
  });
}

/** Notes a program that is run, with where its streams go. */
export function noteProgram(
  shell: Shell,
  program: Omit<Extract<Program, { kind: 'text' }>, 'kind' | 'output'>,
): void {
  const streams = { stdout: stdoutOf(shell), stderr: stderrOf(shell) };
  shell.walk.found.push({ kind: 'text', program: { kind: 'text', ...program }, ...streams });
}
