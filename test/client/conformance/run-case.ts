import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConformanceCase, programOf } from './case.ts';
import type { ConformingClient } from './clients.ts';
import { startRecorder } from './recorder.ts';
import { wireOf } from './wire.ts';

/** What a program did that can be seen from outside. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the signal that ended it. */
  readonly code: number | string | null;
  /** Seconds from start to end. */
  readonly took: number;
}

export interface Pushed extends Outcome {
  /** `name=value`, in the order of their times. */
  readonly rows: readonly string[];
  readonly times: readonly string[];
  /** How many rows each call carried: `messages` of them. */
  readonly messages: readonly Buffer[];
  readonly wire: string;
}

/** The program as it is without the client: the pass-through stays. */
export function runPlain(
  client: ConformingClient,
  interpreter: string,
  each: ConformanceCase,
): Promise<Outcome> {
  return run(client, interpreter, each, {});
}

/** The program with the client, against a DB manager of its own. */
export async function runPushed(
  client: ConformingClient,
  interpreter: string,
  each: ConformanceCase,
): Promise<Pushed> {
  const recorder = await startRecorder();
  try {
    const env = {
      [client.variable]: each.client ?? client.source,
      KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['accuracy', 'loss'], filters: null, ...each.config }),
      KATIB_TRIAL_NAME: 'conformance',
      KATIB_DB_MANAGER_ADDRESS: recorder.address,
      ...each.env,
    };
    if (!each.serverAfter) await recorder.listen();
    else setTimeout(() => recorder.listen(), each.serverAfter);
    const outcome = await run(client, interpreter, each, env);
    const observations = recorder.manager.observations('conformance');
    return {
      ...outcome,
      rows: observations.map(({ name, value }) => `${name}=${value}`),
      times: observations.map(({ time }) => time),
      messages: recorder.messages,
      wire: wireOf(recorder.messages),
    };
  } finally {
    await recorder.close();
  }
}

async function run(
  client: ConformingClient,
  interpreter: string,
  each: ConformanceCase,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
  try {
    writeFileSync(
      join(folder, client.program),
      client.prelude(each.overrides) + programOf(each, client.program),
    );
    const kept = Object.entries(process.env).filter(
      ([key]) => !client.concerns.test(key) && !/^(KATIB|JOB_COMPLETION)/.test(key),
    );
    const began = performance.now();
    const child = spawn(interpreter, [client.program], {
      cwd: folder,
      env: { ...Object.fromEntries(kept), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString().replaceAll(folder, '/folder');
    });
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? signal));
    });
    return {
      stdout: stdout?.() ?? '',
      stderr: stderr?.() ?? '',
      code,
      took: (performance.now() - began) / 1000,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
