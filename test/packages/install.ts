import { execFileSync } from 'node:child_process';
import {
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What is asked of `package.json` here. */
interface Manifest {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Installs packed packages into an empty folder, which becomes a project that knows nothing of this repository.
 *
 * By npm and its registry where `KATIB_PUSH_INSTALL=npm` (`pnpm test:packages`). Otherwise, so that no network is needed,
 * as npm would: each tarball is unpacked into `node_modules`, and what it depends on is linked to the copy that the
 * workspace has installed.
 */
export function install(tarballs: readonly string[], project: string): void {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
  if (process.env.KATIB_PUSH_INSTALL === 'npm') {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...tarballs], { cwd: project, stdio: 'pipe' });
    return;
  }
  const modules = join(project, 'node_modules');
  const bins = join(modules, '.bin');
  mkdirSync(bins, { recursive: true });
  for (const tarball of tarballs) {
    const { name } = readManifest(
      execFileSync('tar', ['xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }),
    );
    const folder = join(modules, name);
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['xzf', tarball, '--strip-components=1', '-C', folder]);
  }
  for (const folder of foldersOf(modules)) {
    const { name, bin, dependencies } = readManifest(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies ?? {})) linkDependency(modules, name, dependency);
    for (const [command, file] of Object.entries(bin ?? {}))
      symlinkSync(join(folder, file), join(bins, command));
  }
}

function foldersOf(modules: string): readonly string[] {
  return readdirSync(modules)
    .filter((name) => name !== '.bin')
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => join(name, inner)) : [name],
    )
    .map((name) => join(modules, name));
}

/** Links what a package of the workspace depends on; two versions of one dependency would be found out by this. */
function linkDependency(modules: string, dependent: string, dependency: string): void {
  const target = join(modules, dependency);
  const installed = join(workspaceFolder(dependent), 'node_modules', dependency);
  mkdirSync(dirname(target), { recursive: true });
  try {
    symlinkSync(realpathSync(installed), target);
  } catch (error) {
    const known = realpathSync(target);
    const isOurs = known === target;
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || (!isOurs && known !== realpathSync(installed)))
      throw error;
  }
}

function workspaceFolder(name: string): string {
  const manifests = globSync('packages/**/package.json', {
    cwd: root,
    exclude: (path) => /node_modules|dist/.test(String(path)),
  });
  const found = manifests.find((path) => readManifest(readFileSync(join(root, path), 'utf8')).name === name);
  if (!found) throw new Error(`${name} is no package of the workspace`);
  return dirname(join(root, found));
}

function readManifest(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}
