import { takes, type Wrapper } from '@katib-push/core';

/** The commands that run a package's program, or an interpreter that comes as one; and interpreters that are not followed. */
export const launchers: readonly Wrapper[] = [
  {
    names: ['npx', 'pnpx', 'bunx'],
    flags: takes('-p --package -c --call -w --workspace'),
    textFlags: ['-c', '--call'],
  },
  {
    names: ['npm', 'pnpm', 'yarn'],
    subcommand: ['exec', 'x', 'dlx'],
    flags: takes('-p --package -C --dir --prefix -w --workspace -F --filter --cwd'),
    because: 'what it runs is named in a file that is not in the Experiment',
  },
  {
    names: ['bun', 'deno'],
    runs: 'nothing',
    because: 'it writes what the console prints past process.stdout, where the client reads',
  },
  {
    names: 'ts-node ts-node-esm ts-node-script ts-node-transpile-only ts-node-cwd ts-node-dev'.split(' '),
    runs: 'nothing',
    because: 'it checks types, and what would be inserted has none',
  },
];
