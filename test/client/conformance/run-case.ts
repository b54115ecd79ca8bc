import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConformanceCase, programOf } from './case.ts';
import { certificate } from './certificate.ts';
import type { ConformingClient } from './clients.ts';
import { startRecorder } from './recorder.ts';
import { readSpill, type Spill } from './spill.ts';

/** What a program did that can be seen from outside. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the signal that ended it. */
  readonly code: number | string | null;
  /** Seconds from start to end. */
  readonly took: number;
  /** What it left in its spill file. */
  readonly spill: Spill | undefined;
  /** Names of symbolic links behind which there is now a file. */
  readonly followed: readonly string[];
}

export interface Pushed extends Outcome {
  /** `name=value`, in the order of their times. */
  readonly rows: readonly string[];
  readonly times: readonly string[];
  /** How many rows each call carried: `messages` of them. */
  readonly messages: readonly Buffer[];
  readonly wire: string;
  /** The server's address. */
  readonly address: string;
  /** When it began and ended, in RFC 3339. */
  readonly span: readonly [string, string];
}

/** The program as it is without the client: the pass-through stays. */
export function runPlain(
  client: ConformingClient,
  interpreter: string,
  each: ConformanceCase,
): Promise<Outcome> {
  return run(client, interpreter, each, {}, (arrived) => arrived());
}

/** The program with the client, against a DB manager of its own. */
export async function runPushed(
  client: ConformingClient,
  interpreter: string,
  each: ConformanceCase,
): Promise<Pushed> {
  const recorder = await startRecorder(each);
  try {
    const env = {
      [client.variable]: each.client ?? client.source,
      KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['accuracy', 'loss'], filters: null, ...each.config }),
      KATIB_TRIAL_NAME: 'conformance',
      KATIB_DB_MANAGER_ADDRESS: recorder.address,
      ...each.env,
    };
    if (each.serverAfter) setTimeout(() => recorder.listen(), each.serverAfter);
    const began = new Date().toISOString();
    const outcome = await run(client, interpreter, each, env, recorder.onTaken);
    const observations = recorder.manager.observations('conformance');
    return {
      ...outcome,
      rows: observations.map(({ name, value }) => `${name}=${value}`),
      times: observations.map(({ time }) => time),
      messages: recorder.messages,
      wire: wireOf(recorder.taken),
      address: recorder.address,
      span: [began, new Date().toISOString()],
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
  onArrival: (arrived: () => void) => void,
): Promise<Outcome> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'katib-push-')));
  try {
    await furnish(folder, client, each);
    if (each.tellsArrival) onArrival(() => writeFileSync(join(folder, 'arrived'), ''));
    const kept = Object.entries(process.env).filter(
      ([key]) =>
        !client.concerns.test(key) &&
        !/^(KATIB|JOB_COMPLETION|KUBEFLOW|RANK$|LOCAL_RANK$|OMPI|TF_CONFIG$)/.test(key),
    );
    const given = Object.entries(env).map(([key, value]) => [key, value.replaceAll('{folder}', folder)]);
    const began = performance.now();
    const child = spawn(interpreter, [client.program], {
      cwd: folder,
      env: { ...Object.fromEntries(kept), TMPDIR: folder, ...Object.fromEntries(given) },
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
    const links = Object.entries(each.files ?? {}).filter(([, file]) => typeof file !== 'string');
    return {
      stdout: stdout?.() ?? '',
      stderr: stderr?.() ?? '',
      code,
      took: (performance.now() - began) / 1000,
      spill: readSpill(join(folder, each.spillFile ?? 'katib-push-conformance.jsonl')),
      followed: links.map(([name]) => name).filter((name) => existsSync(join(folder, name))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the program and its files. */
async function furnish(folder: string, client: ConformingClient, each: ConformanceCase): Promise<void> {
  const program = client.prelude(each.overrides) + programOf(each, client.program);
  writeFileSync(join(folder, client.program), program);
  if (each.tls) writeFileSync(join(folder, 'ca.pem'), (await certificate()).cert);
  for (const [name, file] of Object.entries(each.files ?? {})) {
    if (typeof file === 'string') writeFileSync(join(folder, name), file, { mode: 0o600 });
    else symlinkSync(join(folder, file.linksTo), join(folder, name));
  }
}

/** What all calls of one run carried, as one message: the times masked, the rows joined. */
function wireOf(messages: readonly Buffer[]): string {
  const [first] = messages;
  if (!first) return '';
  const heads = new Set(messages.map((message) => split(message).head));
  if (heads.size > 1) throw new Error(`calls for several trials: ${[...heads].join(', ')}`);
  return [...heads].join() + messages.map((message) => mask(split(message).rows)).join('');
}

/** `trial_name` is field 1, `observation_log` field 2 and the last: head and rows, as latin-1. */
function split(message: Buffer): { head: string; rows: string } {
  const text = message.toString('latin1');
  const trial = 2 + (message[1] ?? 0);
  let at = trial + 1;
  while ((message[at] ?? 0) > 127) at++;
  const head = text.slice(0, trial + 1);
  if (head.at(-1) !== '\x12') throw new Error(`not a report: ${JSON.stringify(text.slice(0, 80))}`);
  return { head, rows: text.slice(at + 1) };
}

/** Times are 27 characters: RFC 3339 in UTC with microseconds. */
function mask(rows: string): string {
  return rows.replace(/(\n\x1b)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g, '$1(time)');
}
