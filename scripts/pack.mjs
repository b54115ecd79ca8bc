// Builds and packs all that is published: a tarball for each npm package and the wheel for PyPI, in dist/packages.
// `pnpm pack:all [--out DIR]`. Prints what each weighs, and exits with 1 where one is above its budget.
//
// Environment: KATIB_PUSH_REPOSITORY, the address that the packages name as theirs (scripts/publish-hooks.mjs).
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist/packages') } } });
const out = resolve(values.out);

/** Kilobytes that a packed file may have. The command carries the page of the playground with its grammars. */
const budgets = { default: 320, 'katib-push': 1300 };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
run('node_modules/.bin/tsc', ['-b']);
run(process.execPath, ['scripts/pnpm.mjs', 'run', 'build:playground']);
// `explain CODE` prints its sections.
copyFileSync(join(root, 'docs/diagnostics.md'), join(root, 'packages/cli/dist/diagnostics.md'));
packNpm();
packWheel();
process.exit(weigh() ? 0 : 1);

/** Each package of the workspace but the playground, whose page is part of the command. */
function packNpm() {
  run(process.execPath, [
    'scripts/pnpm.mjs',
    '--recursive',
    '--filter=./packages/**',
    '--filter=!./packages/playground',
    `--config.pnpmfile=${join(root, 'scripts/publish-hooks.mjs')}`,
    'pack',
    `--pack-destination=${out}`,
  ]);
}

/** The wheel, built in a copy: setuptools leaves its own folders beside what it builds. */
function packWheel() {
  const copy = mkdtempSync(join(tmpdir(), 'katib-push-wheel-'));
  try {
    cpSync(join(root, 'packages/languages/python/client'), copy, {
      recursive: true,
      filter: (path) => !/(__pycache__|\.egg-info|\/build)$/.test(path),
    });
    copyFileSync(join(root, 'LICENSE'), join(copy, 'LICENSE'));
    const repository = process.env.KATIB_PUSH_REPOSITORY;
    if (repository)
      appendFileSync(
        join(copy, 'pyproject.toml'),
        `\n[project.urls]\nRepository = ${JSON.stringify(repository)}\n`,
      );
    const options = ['--no-deps', '--no-build-isolation', '--disable-pip-version-check', '--quiet'];
    run('.venv/bin/python', ['-m', 'pip', 'wheel', ...options, '--wheel-dir', out, copy]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function weigh() {
  let fits = true;
  for (const name of readdirSync(out).sort()) {
    const kilobytes = statSync(join(out, name)).size / 1024;
    const budget = budgets[name.replace(/-\d.*$/, '')] ?? budgets.default;
    const verdict = kilobytes > budget ? `above its budget of ${budget}` : '';
    if (verdict) fits = false;
    console.log(`${kilobytes.toFixed(1).padStart(8)} KB  ${name}  ${verdict}`.trimEnd());
  }
  return fits;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  console.error(`pack: ${command} ${args[0]} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`);
  process.exit(1);
}
