import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

export interface Spawned {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** What was written so far. */
  readonly output: { stdout: string; stderr: string };
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts a source file of this repository with this Node, in the repository's folder; killed after the test. */
export function spawnSource(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Spawned {
  const child = spawn(process.execPath, ['--conditions=source', join(root, file), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { process: child, output, ended };
}

/** The first record of the log with this message. */
export function waitForRecord({ process: child, output, ended }: Spawned, message: string) {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const look = (): void => {
      const line = output.stdout.split('\n').find((each) => each.includes(`"msg":"${message}"`));
      if (line !== undefined) resolve(JSON.parse(line));
    };
    child.stdout.on('data', look);
    ended.then((code) => reject(new Error(`ended with ${code} before "${message}": ${output.stderr}`)));
    look();
  });
}

/** Where a server that was started listens. */
export async function waitForPorts(spawned: Spawned) {
  const { address, adminAddress } = await waitForRecord(spawned, 'serving');
  const portOf = (value: unknown): number => Number(String(value).split(':').at(-1));
  return { port: portOf(address), adminPort: portOf(adminAddress) };
}
