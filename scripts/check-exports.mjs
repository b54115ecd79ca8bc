// Checks what each package would publish: its exports resolve and their types match (publint, arethetypeswrong).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
/** Of CommonJS, so that both kinds of import are checked. */
const commonJs = /^katib-push-client-/;

const out = mkdtempSync(join(tmpdir(), 'exports-'));
let failed = false;
try {
  failed = !passes('pack', process.execPath, [join(root, 'scripts/pack.mjs'), '--out', out]);
  for (const name of readdirSync(out).filter((file) => file.endsWith('.tgz'))) {
    const tarball = join(out, name);
    const profile = commonJs.test(name) ? 'node16' : 'esm-only';
    const checks = [
      passes(name, bin('publint'), ['run', tarball, '--strict']),
      passes(name, bin('attw'), [tarball, '--profile', profile, '--format', 'ascii', '--no-emoji']),
    ];
    if (checks.includes(false)) failed = true;
    console.log(`${name}: checked`);
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

function passes(what, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) console.error(`${what}: ${command.split('/').at(-1)} found problems\n${stdout}${stderr}`);
  return status === 0;
}
