import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyNeed } from '@katib-push/core';
import { startDbManager } from '@katib-push/db-manager';
import { createJavaScript } from '@katib-push/javascript';
import { afterAll, expect } from 'vitest';
import { tellArrival } from '../tell-arrival.ts';

/** The client's text as it is injected, with all of its parts. */
export const INJECTED = createJavaScript().client?.source(everyNeed) ?? '';

const PACKAGE = fileURLToPath(new URL('../../../packages/languages/javascript/client/', import.meta.url));
const { files } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { files: string[] };

/** The files of the package `@katib-push/client`, as npm would install them beside a script. */
export const INSTALLED: Readonly<Record<string, string>> = Object.fromEntries(
  ['package.json', ...files]
    .flatMap(listFiles)
    .map((name) => [`node_modules/@katib-push/client/${name}`, readFileSync(join(PACKAGE, name), 'utf8')]),
);

function listFiles(name: string): readonly string[] {
  const path = join(PACKAGE, name);
  if (!statSync(path).isDirectory()) return [name];
  return readdirSync(path).map((file) => `${name}/${file}`);
}

/** What binds `_katib_push`; on a line of its own here. `more` are further fields of what the client is given. */
export const prelude = (more = '') =>
  `let _katib_push=f=>f;try{new Function('katib_push_into',process.env.KATIB_PUSH_JAVASCRIPT)({bind:f=>{_katib_push=f}${more}})}catch{}\n`;

/** The DB manager that the tests of one file share. */
export const manager = await startDbManager();
afterAll(() => manager.close());

export interface Program {
  /** What follows the prelude. */
  readonly script: string;
  /** Default: {@link prelude}. */
  readonly prelude?: string;
  /** Files beside the script, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What differs in KATIB_PUSH_CONFIG. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Arguments of Node, where `FILE` stands for the script and `TEXT` for what it holds. Default: the script. */
  readonly args?: readonly string[];
  /** Default: `script.cjs`. */
  readonly name?: string;
  /** Runs the script from stdin. */
  readonly stdin?: boolean;
  /** Path of Node; default: this one. */
  readonly node?: string;
  /** A shell command, where `"$@"` stands for the call of Node; default: the call alone. */
  readonly shell?: string;
  /** Called when the process has started. */
  readonly onStart?: (folder: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called with each piece of stdout. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the signal that ended it. */
  readonly code: number | string | null;
  /** Milliseconds from the last piece of stdout to the end: what a slow start costs is not in it. */
  readonly took: number;
  /** Rows of the spill file, `name=value`; absent where there is none. */
  readonly spilled?: string[];
}

/** Runs a program in a folder of its own. */
export async function runJavaScript(
  program: Program,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
  try {
    const name = program.name ?? 'script.cjs';
    // as the rewrite tells it
    const threads = /worker_threads/.test(program.script) ? ',threads:true' : '';
    const text = (program.prelude ?? prelude(threads)) + program.script;
    for (const [file, content] of Object.entries({ ...program.files, [name]: text })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content);
    }
    const args = (program.args ?? ['FILE']).map((arg) =>
      arg === 'FILE' ? name : arg === 'TEXT' ? text : arg,
    );
    const call = [program.node ?? process.execPath, ...args];
    const [command = '', ...rest] = program.shell ? ['bash', '-c', program.shell, 'bash', ...call] : call;
    const kept = Object.entries(process.env).filter(
      ([key]) => !/^(NODE|KATIB|JOB_COMPLETION|KUBEFLOW|RANK$|LOCAL_RANK$|OMPI|TF_CONFIG$)/.test(key),
    );
    let began = performance.now();
    const child = spawn(command, rest, {
      cwd: folder,
      env: { ...Object.fromEntries(kept), TMPDIR: folder, ...env, ...program.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    program.onStart?.(folder, (signal) => child.kill(signal));
    child.stdin.end(program.stdin ? text : '');
    child.stdin.on('error', () => {});
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      began = performance.now();
      stdout += piece;
      program.onOutput?.(piece, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
    });
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? signal));
    });
    const plain = (output: string) =>
      output
        .replaceAll(folder, '/folder')
        .replaceAll(/^\(node:\d+\)/gm, '(node:pid)')
        // where Node's own code calls listeners depends on how many there are
        .replaceAll(/\((node:events|events\.js):\d+:\d+\)/g, '($1)');
    const took = performance.now() - began;
    return { stdout: plain(stdout), stderr: plain(stderr), code, took, ...readSpill(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readSpill(folder: string): Pick<Outcome, 'spilled'> {
  const file = readdirSync(folder).find((name) => name.endsWith('.jsonl'));
  if (file === undefined) return {};
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  return {
    spilled: lines.map((line) => JSON.parse(line).metric).map(({ name, value }) => `${name}=${value}`),
  };
}

let trials = 0;

export interface Pushed extends Outcome {
  readonly trial: string;
  /** `name=value`, in the order of the rows' times. */
  readonly rows: string[];
}

/** A program of which the test hears what arrives. */
export type Followed = Program & {
  /** Called when rows have arrived. */
  readonly onArrival?: (kill: (signal: NodeJS.Signals) => void) => void;
};

/** Defines `until(row, then)`: `then` is called when a row has arrived, at once without the client. */
export const UNTIL = `const until = (row, then) => { const { existsSync, readFileSync } = require('fs'); const t = setInterval(() => { if (!process.env.TELLS_ARRIVAL || existsSync('arrived') && readFileSync('arrived', 'utf8').includes(row)) { clearInterval(t); then(); } }, 10); };\n`;

/** Runs a program with the client. */
export async function push(what: string | Followed): Promise<Pushed> {
  const program = typeof what === 'string' ? { script: what } : what;
  const trial = `trial-${++trials}`;
  const onStart: Program['onStart'] = (folder, kill) =>
    tellArrival(manager, trial, folder, () => program.onArrival?.(kill));
  const outcome = await runJavaScript(
    { ...program, onStart },
    {
      TELLS_ARRIVAL: '1',
      KATIB_PUSH_JAVASCRIPT: INJECTED,
      KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['accuracy', 'loss'], filters: null, ...program.config }),
      KATIB_TRIAL_NAME: trial,
      KATIB_DB_MANAGER_ADDRESS: manager.address,
    },
  );
  const rows = manager.observations(trial).map(({ name, value }) => `${name}=${value}`);
  return { ...outcome, trial, rows };
}

/** Runs a program with and without the client: what it writes and how it ends has to be the same. */
export async function pushLikePlain(what: string | Followed): Promise<Pushed> {
  const program = typeof what === 'string' ? { script: what } : what;
  const [plain, pushed] = await Promise.all([runJavaScript(program, {}), push(program)]);
  const { stdout, stderr, code } = plain;
  expect({ stdout: pushed.stdout, stderr: pushed.stderr, code: pushed.code }).toEqual({
    stdout,
    stderr,
    code,
  });
  return pushed;
}
