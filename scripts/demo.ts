// Shows the main path on an Experiment that the Katib SDK made: what would change, then one trial on this machine,
// before and after. Ends with 0 only if the oracle finds both the same.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const manifest = 'fixtures/experiments/sdk-push-print/input.yaml';
const venv = join(root, '.venv/bin');
const bold = (text: string): string => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);

const previewed = show('1. What would change, and why', ['dry-run', '-f', manifest], 1);
const identical = show(
  '2. One trial here: the original, then the rewritten one, its metrics as they arrive',
  ['run', '--compare', '-f', manifest, '--set', 'epochs=24'],
  0,
);

console.log(
  previewed && identical
    ? bold('The rewritten Experiment behaves as the original, and pushes what the original only prints.')
    : bold('The demo failed: see above.'),
);
process.exitCode = previewed && identical ? 0 : 1;

/** Runs one command as a reader would type it; true if it ends with the exit code that is expected. */
function show(heading: string, words: readonly string[], expected: number): boolean {
  console.log(`\n${bold(heading)}\n\n$ pnpm --silent katib-push ${words.join(' ')}\n`);
  const bin = join(root, 'packages/cli/src/bin.ts');
  const { status, error } = spawnSync(process.execPath, ['--conditions=source', bin, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      npm_lifecycle_event: undefined, // this script's folder counts, not the one that the demo was started from
      PATH: [...(existsSync(venv) ? [venv] : []), process.env.PATH].join(delimiter),
    },
  });
  if (error) console.error(`The command could not be started: ${error.message}`);
  console.log('');
  return status === expected;
}
