import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import type { Process, Stack, Start } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';

/** The namespaces of a pod: its processes see each other, a root in them has no parent, as Katib's collector expects. */
export interface PodSandbox {
  /** Words that run a command in the pod, in a folder of it. */
  within(folder: string, words: readonly string[]): Pick<Start, 'command' | 'args'>;
  /** Whether a program runs in the pod, and every thread of it waits for something. */
  rests(program: string): boolean;
  /** Ends every process of the pod. */
  stop(): Promise<void>;
}

/**
 * Makes the sandbox. Like the pause container, its first process does nothing but wait.
 *
 * @param mounts what is seen at which path, the last one first
 * @param folders made in the sandbox, below what is mounted
 */
export async function createSandbox(
  stack: Stack,
  name: string,
  mounts: Readonly<Record<string, string>>,
  folders: readonly string[],
): Promise<PodSandbox> {
  const bound = Object.entries(mounts).flatMap(([path, source]) => [source, path]);
  const script = `while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift
mkdir -p "$@"; echo ready; exec sleep infinity`;
  const root = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const pause: Process = stack.start(`${name}-pause`, {
    command: 'unshare',
    args: [
      ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', ...root],
      ...['sh', '-c', script, 'sh', ...bound, '--', ...(folders.length > 0 ? folders : ['/tmp'])],
    ],
    cwd: '/',
  });
  await waitFor(`the sandbox of ${name}`, () => pause.log().includes('ready'));
  const [inner = ''] = readFileSync(`/proc/${pause.pid}/task/${pause.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  return {
    within: (folder, words) => ({
      command: 'nsenter',
      args: [
        ...[
          '--target',
          inner,
          '--mount',
          '--pid',
          ...(root.length > 0 ? ['--user', '--preserve-credentials'] : []),
        ],
        '--',
        'sh',
        '-c',
        'cd "$1" && shift && exec "$@"',
        'sh',
        folder,
        ...words,
      ],
    }),
    rests: (program) =>
      processes().some(
        (pid) =>
          namespaceOf(pid) === namespaceOf(inner) && programOf(pid) === realpathSync(program) && sleeps(pid),
      ),
    stop: () => pause.stop('SIGKILL'),
  };
}

const processes = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));

function namespaceOf(pid: string): string | undefined {
  return linkOf(`/proc/${pid}/ns/pid`);
}

function programOf(pid: string): string | undefined {
  return linkOf(`/proc/${pid}/exe`);
}

/** What a link of /proc says; undefined where the process has just ended. */
function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Whether all threads of a process are asleep: none runs, or waits for a core. */
function sleeps(pid: string): boolean {
  const threads = readdirSync(`/proc/${pid}/task`);
  const stateOf = (thread: string) =>
    readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8').split(') ')[1]?.[0];
  return threads.every((thread) => stateOf(thread) === 'S');
}
