import { layHelp } from '@katib-push/webhook/settings';
import { Argument, type Command } from 'commander';
import type { Io } from '../io.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'];

/** Declares `katib-push completion SHELL`. */
export function declareCompletion(program: Command, io: Io): void {
  program
    .command('completion')
    .description('Print the script that completes the command in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', layHelp(afterHelp))
    .action(async (shell: string) => {
      const { default: registry } = await import('@bomb.sh/tab');
      printed(io, () => registry.setup(program.name(), program.name(), shell));
    });
}

/**
 * Answers what a shell's script asks: what may follow the words, the last one as far as it is typed.
 *
 *     katib-push complete -- dry-run --cov
 */
export async function complete(program: Command, words: readonly string[], io: Io): Promise<void> {
  const { default: tab } = await import('@bomb.sh/tab/commander');
  const completion = tab(program);
  printed(io, () => completion.parse([...words]));
}

/** The library prints to the console by itself; what it writes goes to `io`. */
function printed(io: Io, act: () => void): void {
  const { log } = console;
  console.log = (...texts: unknown[]) => io.stdout.write(`${texts.join(' ')}\n`);
  try {
    act();
  } finally {
    console.log = log;
  }
}

const afterHelp = `
Examples:
  source <(katib-push completion bash)                            # in ~/.bashrc
  katib-push completion zsh > "\${fpath[1]}/_katib-push"
  katib-push completion fish > ~/.config/fish/completions/katib-push.fish

kubectl completes the plugin (kubectl katib-push) by itself where kubectl_complete-katib_push is on PATH, as it is once the
package is installed.`;
