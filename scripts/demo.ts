// Shows the main path on two Experiments: one that the Katib SDK made, whose script is rewritten, and one whose script is in
// the image, which is run under the shim. What would change, then one trial on this machine, before and after. Ends with 0
// only if the oracle finds both the same.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const manifest = 'fixtures/experiments/sdk-push-print/input.yaml';
const inImage = 'fixtures/image/experiment.yaml';
const venv = join(root, '.venv/bin');
const bold = (text: string): string => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);

const held = [
  show('1. A script in the Experiment: what would change, and why', ['dry-run', '-f', manifest], 1),
  show(
    '2. One trial here: the original, then the rewritten one, its metrics as they arrive',
    ['run', '--compare', '-f', manifest, '--set', 'epochs=24'],
    0,
  ),
  show('3. A script in the image: what would change, and why', ['dry-run', '-f', inImage], 1),
  canMount() &&
    show(
      '4. One trial of it, with a folder for the image: the original, then under the shim',
      ['run', '--compare', '-f', inImage, '--root', 'fixtures/image/root'],
      0,
    ),
].every(Boolean);

console.log(
  held
    ? bold('Both Experiments behave as the originals, and push what those only print.')
    : bold('The demo failed: see above.'),
);
process.exitCode = held ? 0 : 1;

/** Whether a folder can stand for an image's root here; says what is needed where it can't. */
function canMount(): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const { status } = spawnSync('unshare', ['--mount', ...asRoot, 'true'], { stdio: 'ignore' });
  if (status !== 0)
    console.log(
      'Step 4 needs a mount namespace (unshare), which this system refuses: run the demo as root.\n',
    );
  return status === 0;
}

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
