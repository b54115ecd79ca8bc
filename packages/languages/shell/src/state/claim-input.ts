import { handsOf, silent } from './harmless.ts';
import type { Shell } from './shell.ts';
import type { Hands } from './streams.ts';
import { stdoutOf } from './write.ts';

/** Notes which command reads what comes through a pipe, now that its own output is known. */
export function claimInput(name: string, hands: Hands, shell: Shell): void {
  const pipe = shell.input.kind === 'container' ? undefined : shell.input.pipe;
  if (!pipe) return;
  const isCertain = shell.uncertain <= pipe.uncertain;
  const next = stdoutOf(shell);
  pipe.readers.push({ name, hands: hands === 'all' && !isCertain ? 'some' : hands, next });
}

/** The same for a command of which only the name is known. */
export function claimInputByName(name: string, shell: Shell): void {
  if (!silent.has(name)) claimInput(name, handsOf(name), shell);
}
