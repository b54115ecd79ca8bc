// Checks what each package would publish: its exports resolve and their types match (publint, arethetypeswrong).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);
const packages = ['packages', 'packages/languages'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => join(root, folder, name))
    .filter((path) => existsSync(join(path, 'package.json'))),
);
packages.push(join(root, 'packages/languages/javascript/client'));

let failed = false;
const temporary = mkdtempSync(join(tmpdir(), 'exports-'));
try {
  for (const folder of packages) {
    const { name, type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const packed = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (packed.status !== 0) {
      console.error(`${name}: npm pack failed\n${packed.stderr}`);
      failed = true;
      continue;
    }
    const answer = JSON.parse(packed.stdout);
    const tarball = join(temporary, (Array.isArray(answer) ? answer[0] : Object.values(answer)[0]).filename);
    const checks = [
      [bin('publint'), ['run', tarball, '--strict']],
      [
        bin('attw'),
        [tarball, '--profile', type === 'module' ? 'esm-only' : 'node16', '--format', 'ascii', '--no-emoji'],
      ],
    ];
    for (const [command, args] of checks) {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
      if (status === 0) continue;
      console.error(`${name}: ${command.split('/').at(-1)} found problems\n${stdout}${stderr}`);
      failed = true;
    }
    console.log(`${name}: checked`);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
