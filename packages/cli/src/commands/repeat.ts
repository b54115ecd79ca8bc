import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { CommandFailure, problem } from '../problems/problem.ts';

/** Clears the terminal and what was scrolled out of it. */
const clear = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Runs a command, and again at each change of the files that it reads, until the user stops it. A run that fails shows its
 * problems, and the next change starts another.
 *
 * Throws a CommandFailure where standard input is among them.
 *
 * @param names of files and folders, as the user gave them
 */
export async function repeat(
  names: readonly string[],
  { io, complain, note, errorColours }: Context,
  run: () => Promise<number>,
): Promise<number> {
  if (names.includes('-'))
    throw new CommandFailure([
      problem('usage', 'Standard input can not be watched.', { hint: 'Name a file.' }),
    ]);
  const watched = io.watch(names.map((name) => resolve(io.cwd, name)));
  const stopped = io.untilStopped().then(() => 'stopped' as const);
  try {
    for (;;) {
      if (io.stdout.isTTY) io.stdout.write(clear);
      await run().catch((error: unknown) => {
        if (!(error instanceof CommandFailure)) throw error;
        complain(error.problems);
      });
      note([errorColours.dim('waiting for changes; Ctrl-C ends this')]);
      if ((await Promise.race([watched.changed(), stopped])) === 'stopped') return exitCode.ok;
    }
  } finally {
    watched.close();
  }
}
