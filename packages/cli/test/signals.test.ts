import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** Tells its process and that of a child of its own, and goes on for longer than any test. */
const training = `
import os, subprocess, time
child = subprocess.Popen(["sleep", "600"])
print("pids=%d,%d" % (os.getpid(), child.pid), flush=True)
print("loss=1", flush=True)
time.sleep(600)
`;

const experiment = JSON.stringify({
  apiVersion: 'kubeflow.org/v1beta1',
  kind: 'Experiment',
  metadata: { name: 'long' },
  spec: {
    objective: { type: 'minimize', objectiveMetricName: 'loss' },
    metricsCollectorSpec: { collector: { kind: 'Push' } },
    trialTemplate: {
      primaryContainerName: 'main',
      trialSpec: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: {
          template: {
            spec: {
              containers: [{ name: 'main', image: 'python', command: ['python3', '-c'], args: [training] }],
            },
          },
        },
      },
    },
  },
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'katib-push-signals-'));
  await writeFile(join(folder, 'long.json'), experiment);
});
afterAll(() => rm(folder, { recursive: true }));

/** Whether a process runs: one that ended and waits to be reaped doesn't. */
function runs(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  if (existsSync('/proc/self/stat')) return existsSync(path) && !/\) [ZX] /.test(readFileSync(path, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The processes of the training, as soon as it tells them. */
async function pidsOf({ stdout }: ChildProcess): Promise<readonly number[]> {
  if (!stdout) throw new Error('no output');
  for await (const line of createInterface(stdout)) {
    const found = /pids=(\d+),(\d+)/.exec(line);
    if (found) return found.slice(1).map(Number);
  }
  throw new Error('the training told nothing');
}

// What a terminal sends whose window is closed, or an ssh that is cut off.
it.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s to run ends the training, and what it started', async (signal, code) => {
  const run = spawn(process.execPath, [bin, 'run', '-f', join(folder, 'long.json')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  run.stderr.on('data', (part) => (said += part));
  const closed = once(run, 'close');
  const pids = await pidsOf(run);
  expect(pids.map(runs)).toEqual([true, true]);
  run.stdout.resume();
  run.kill(signal);
  expect((await closed)[0]).toBe(code);
  expect(said).toContain(`${signal} has ended the run.`);
  await expect.poll(() => pids.filter(runs)).toEqual([]);
});
