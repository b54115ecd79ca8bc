import { spawnSync } from 'node:child_process';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { OracleError } from '../oracle-error.ts';

/** What an image with a system of its own has from this machine. */
const fromHost = ['proc', 'sys', 'dev', 'tmp'];

/** Mounts what it is told at a new root, goes there, and becomes the words. Their PATH need not hold what that takes. */
const enter = `set -e
path=$PATH
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
root=$1 cwd=$2 count=$3
shift 3
mount -t tmpfs -o mode=755 katib-push "$root"
while [ "$count" -gt 0 ]; do
  case $1 in
    folder) mkdir -p "$root$2" ;;
    link) ln -s "$3" "$root$2" ;;
    bind) if [ -d "$3" ]; then mkdir -p "$root$2"; else : >"$root$2"; fi; mount --rbind "$3" "$root$2" ;;
  esac
  shift 3
  count=$((count - 1))
done
chroot=$(command -v chroot)
PATH=$path
exec "$chroot" "$root" /bin/sh -c 'cd "$1" && shift && exec "$@"' sh "$cwd" "$@"`;

type Step = readonly [kind: 'folder' | 'link' | 'bind', path: string, from: string];

/**
 * Lets a command see a folder as the root of its image, in a mount namespace of its own: what stands in front of its words.
 * Nothing is written into the folder, and no word changes.
 *
 * A folder with a system of its own (`bin/sh`) is all that the command sees, but for `/proc`, `/sys`, `/dev` and `/tmp`. Any other
 * lies over this machine's files: `DIR/opt/train.py` is `/opt/train.py`, and what it doesn't hold is this machine's.
 *
 * Throws an OracleError `no-root` where the folder can't be read or the system refuses a namespace.
 *
 * @param dir the folder, absolute
 * @param target a place for the new root that is not there yet, below the run's own folder
 * @param cwd where the command starts, as it sees it
 */
export async function enterImageRoot(dir: string, target: string, cwd: string): Promise<readonly string[]> {
  const steps = (await hasSystem(dir)) ? await wholeRoot(dir) : await laidOver(dir, '/', '');
  await mkdir(target);
  const isRoot = process.getuid?.() === 0;
  const namespace = ['unshare', '--mount', ...(isRoot ? [] : ['--map-root-user']), '--'];
  refuseWithout(namespace, target);
  return [...namespace, '/bin/sh', '-c', enter, 'sh', target, cwd, String(steps.length), ...steps.flat()];
}

async function hasSystem(dir: string): Promise<boolean> {
  return (await stat(join(dir, 'bin/sh')).catch(() => undefined)) !== undefined;
}

async function wholeRoot(dir: string): Promise<readonly Step[]> {
  const own = (await entriesOf(dir)).filter(({ name }) => !fromHost.includes(name));
  const steps = await Promise.all(own.map((entry) => placed(dir, '', entry)));
  return [...steps, ...fromHost.map((name): Step => ['bind', `/${name}`, `/${name}`])];
}

/** What is in either folder: of two of one name the image's, and both where both are folders. */
async function laidOver(dir: string, host: string, path: string): Promise<readonly Step[]> {
  const [own, others] = await Promise.all([entriesOf(dir), entriesOf(host)]);
  const names = new Set(own.map(({ name }) => name));
  const kept = others.filter(({ name }) => !names.has(name)).map((entry) => placed(host, path, entry));
  const over = own.map(async (entry): Promise<readonly Step[]> => {
    const below = others.find(({ name }) => name === entry.name);
    if (!entry.isDirectory() || !below) return [await placed(dir, path, entry)];
    const real = await realpath(join(host, entry.name));
    if (!(await stat(real)).isDirectory()) return [await placed(dir, path, entry)];
    const inner = `${path}/${entry.name}`;
    return [['folder', inner, ''], ...(await laidOver(join(dir, entry.name), real, inner))];
  });
  return [...(await Promise.all(kept)), ...(await Promise.all(over)).flat()];
}

async function placed(folder: string, path: string, entry: Dirent): Promise<Step> {
  const from = join(folder, entry.name);
  const to = `${path}/${entry.name}`;
  return entry.isSymbolicLink() ? ['link', to, await readlink(from)] : ['bind', to, from];
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const why = getSystemErrorMap().get(error.errno ?? 0)?.[1] ?? error.message;
    throw new OracleError('no-root', `${folder} can't be read as a part of the image's root: ${why}`, error);
  });
}

function refuseWithout([command = '', ...args]: readonly string[], target: string): void {
  const probe = spawnSync(command, [...args, 'mount', '-t', 'tmpfs', 'katib-push', target], {
    encoding: 'utf8',
  });
  if (probe.status === 0) return;
  const why = probe.error ? probe.error.message : (probe.stderr.trim().split('\n').at(-1) ?? '');
  throw new OracleError(
    'no-root',
    `the system refuses a mount namespace, which the image's root needs (${why}): run as root, or allow user namespaces`,
  );
}
