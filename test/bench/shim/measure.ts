import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { DbManager } from '@katib-push/db-manager';
import { shimSource, shimVariable, usualShimNeeds, wrapWords } from '@katib-push/shim';
import { programs } from './programs.ts';

const SHELL = ['sh', '-c', 'exec "$@"', 'sh'];
let trials = 0;

/** What the shim finds in its environment. */
function settings(address: string): Record<string, string> {
  return {
    [shimVariable]: shimSource(usualShimNeeds),
    KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss', 'accuracy'], filters: null }),
    KATIB_TRIAL_NAME: `bench-${++trials}`,
    KATIB_DB_MANAGER_ADDRESS: address,
    KATIB_PUSH_SPILL: '/dev/null',
    KATIB_PUSH_FLUSH_TIMEOUT: '5',
  };
}

/** Runs words, with an address under the shim, else under nothing but a shell; what is on stderr, and how long it took. */
async function run(python: string, words: readonly string[], address?: string) {
  const [command = '', ...args] =
    address === undefined ? [...SHELL, ...words] : wrapWords(words, { interpreters: [python] });
  const env = { ...process.env, ...(address === undefined ? {} : settings(address)) };
  const began = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const stderr = await textOf(child);
  return { stderr, took: performance.now() - began };
}

async function textOf(child: ChildProcess): Promise<string> {
  const parts: Buffer[] = [];
  child.stderr?.on('data', (part: Buffer) => parts.push(part));
  const [code] = await once(child, 'close');
  const text = Buffer.concat(parts).toString();
  if (code !== 0) throw new Error(`a program of the bench ended with ${code}:\n${text}`);
  return text;
}

/** The numbers that a program of the bench wrote to stderr as JSON, behind lines of others. */
function figures(stderr: string): Readonly<Record<string, number>> {
  return JSON.parse(stderr.split('\n').find((line) => line.startsWith('{')) ?? '{}');
}

/** Megabytes a second through `cat | cat`, and through the shim into a `cat`: no wanted name in any line. */
export async function measureThroughput(python: string, manager: DbManager, megabytes: number) {
  const source = `yes 'epoch 12, step 3456: learning rate 0.001' | head -c ${megabytes}000000`;
  const shim = wrapWords(['bash', '-c', source], { interpreters: [python] })
    .map(quote)
    .join(' ');
  const seconds = async (line: string) => {
    const child = spawn('bash', ['-c', timed(line)], {
      env: { ...process.env, ...settings(manager.address) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return figures(await textOf(child)).seconds ?? Number.NaN;
  };
  const base = megabytes / (await seconds(`bash -c ${quote(source)} | cat | cat`));
  const subject = megabytes / (await seconds(`${shim} | cat`));
  return { base, subject };
}

function timed(line: string): string {
  return `b=$(date +%s%N); ${line}; e=$(date +%s%N); echo "{\\"seconds\\": $(((e - b) / 1000))e-6}" >&2`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Milliseconds that the shim adds to a program which does nothing, and to one that prints a metric. */
export async function measureStart(python: string, manager: DbManager, times: number) {
  const [plain, silent, metric]: number[][] = [[], [], []];
  for (let i = 0; i < times; i++) {
    plain?.push((await run(python, ['true'])).took);
    silent?.push((await run(python, ['true'], manager.address)).took);
    metric?.push((await run(python, ['echo', 'loss=1'], manager.address)).took);
  }
  return { plain: plain ?? [], silent: silent ?? [], metric: metric ?? [] };
}

/** The share of a core that the shim takes at 10 000 lines a second, and its peak memory in MB. */
export async function measureShare(
  python: string,
  address: string,
  line: string,
  seconds: number,
  rate = 10_000,
) {
  const { stderr } = await run(python, [python, '-c', programs.paced(line, seconds, rate)], address);
  const { cpu = Number.NaN, peak = Number.NaN } = figures(stderr);
  return { share: cpu / seconds, peak };
}

/** Milliseconds from a print to its row in the DB manager. */
export async function measureVisible(python: string, manager: DbManager, lines: number): Promise<number[]> {
  const found: number[] = [];
  const stop = manager.onReport(({ rows }) => {
    for (const { value } of rows) found.push(Date.now() - Number(value));
  });
  await run(python, [python, '-c', programs.stamped(lines)], manager.address);
  stop();
  return found;
}

/** The longest write of a program in milliseconds, where the DB manager takes connections and never answers. */
export async function measureHung(python: string, seconds: number): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => {}).resume()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    const { stderr } = await run(python, [python, '-c', programs.flood(seconds)], `127.0.0.1:${port}`);
    return figures(stderr).longest ?? Number.NaN;
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}
