import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DbManager, startDbManager } from '@katib-push/db-manager';
import { type ShimNeeds, shimSource, shimVariable, usualShimNeeds, wrapWords } from '@katib-push/shim';
import { afterAll } from 'vitest';
import { bootText } from '../src/front.ts';
import { python } from './interpreters.ts';

/** Every part of the shim. */
export const everything = Object.fromEntries(
  Object.keys(usualShimNeeds).map((need) => [need, true]),
) as unknown as ShimNeeds;

/** The DB manager that the tests of one file share. */
export const manager: DbManager = await startDbManager();
afterAll(() => manager.close());

/** How words are run. */
export interface Run {
  readonly words: readonly string[];
  /** Interpreter of the shim; default: this machine's. Empty: whatever the front finds. */
  readonly python?: string;
  /** Files in the folder in which it runs, by name; those in `bin/` can be executed. */
  readonly files?: Readonly<Record<string, string>>;
  /** What differs from the usual configuration (`loss` and `accuracy`, Katib's filter). */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Variables beside those of this process; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Words in front of it all: `unshare --pid --fork`. */
  readonly before?: readonly string[];
  /** Called in the folder before it starts, and after its end. */
  readonly prepare?: (folder: string) => void;
  readonly inspect?: (folder: string, trial: string) => void;
  /** Called when it has started. Its stdin is open then, else it is empty. */
  readonly drive?: (program: Program) => Promise<unknown> | unknown;
  /** Python that runs in the shim's interpreter in front of it; without the front. */
  readonly preface?: string;
  /** Runs the words without the shim. */
  readonly plain?: boolean;
}

/** A program that runs. */
export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly trial: string;
  /** Its temporary folder, and the one in which it runs. */
  readonly folder: string;
  /** Resolves when a text is on its stdout or stderr. Rejects if it ends before. */
  said(text: string): Promise<void>;
  /** Resolves when so many rows are stored. Rejects if it ends before. */
  stored(rows: number): Promise<void>;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | string | null;
  /** `name=value`, in the order of the rows' times. */
  readonly rows: readonly string[];
  readonly trial: string;
}

let trials = 0;

/** Runs words under the shim as a container would; in a temporary folder of its own. */
export async function runShim(run: Run): Promise<Outcome> {
  const trial = `shim-${++trials}`;
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-shim-'));
  const kept = Object.entries(process.env).filter(([name]) => !/^(PYTHON|KATIB|JOB_COMPLETION)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    TMPDIR: folder,
    [shimVariable]: shimSource(everything),
    KATIB_PUSH_CONFIG: JSON.stringify({
      metrics: ['loss', 'accuracy'],
      filters: null,
      capture: 'container',
      deliver: 'live',
      ...run.config,
    }),
    KATIB_TRIAL_NAME: trial,
    KATIB_DB_MANAGER_ADDRESS: manager.address,
    ...run.env,
  };
  const wrapped = wrap(run);
  const [command = '', ...args] = [...(run.before ?? []), ...wrapped];
  try {
    for (const [name, text] of Object.entries(run.files ?? {})) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (name.startsWith('bin/')) chmodSync(path, 0o755);
    }
    run.prepare?.(folder);
    const inFolder = (text: string) => text.replaceAll('FOLDER', folder);
    const child = spawn(command, args.map(inFolder), {
      cwd: folder,
      env: inAll(env, inFolder),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => {});
    if (!run.drive) child.stdin.end();
    const seen = watch(child);
    const program: Program = {
      child,
      trial,
      folder,
      said: (text) => seen.until(() => seen.stdout().includes(text) || seen.stderr().includes(text), text),
      stored: (rows) => {
        const reached = seen.until(() => manager.observations(trial).length >= rows, `${rows} rows`);
        const stop = manager.onReport(() => seen.look());
        return reached.finally(stop);
      },
    };
    const driven = Promise.resolve(run.drive?.(program));
    const code = await seen.ended;
    await driven;
    run.inspect?.(folder, trial);
    const rows = manager.observations(trial).map(({ name, value }) => `${name}=${value}`);
    return { stdout: seen.stdout(), stderr: seen.stderr(), code, rows, trial };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wrap({ words, preface, plain, python: interpreter = python }: Run): readonly string[] {
  if (plain) return words;
  if (preface) {
    return [python, '-EsS', '-c', `${preface}\n${bootText}`, 'python3', '-EsS', ...words];
  }
  return wrapWords(words, { interpreters: [interpreter].filter(Boolean) });
}

/** A line of sh that does something and then becomes the words that follow it. */
export function first(line: string): readonly string[] {
  return ['sh', '-c', `${line}; exec "$@"`, 'sh'];
}

function inAll(env: Readonly<Record<string, string | undefined>>, change: (text: string) => string) {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value === undefined ? value : change(value)]),
  );
}

/** Runs a line of sh. */
export function runLine(line: string, run: Omit<Run, 'words'> = {}): Promise<Outcome> {
  return runShim({ ...run, words: ['sh', '-c', line] });
}

/** Collects both streams as bytes of Latin-1, and wakes who waits for something. */
function watch(child: ChildProcessWithoutNullStreams) {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  const text = (parts: Buffer[]) => Buffer.concat(parts).toString('latin1');
  const waiting = new Set<{ ready(): boolean; resolve(): void; reject(e: Error): void; what: string }>();
  const look = () => {
    for (const each of waiting) {
      if (!each.ready()) continue;
      waiting.delete(each);
      each.resolve();
    }
  };
  const collect = (parts: Buffer[]) => (piece: Buffer) => {
    parts.push(piece);
    if (waiting.size > 0) look();
  };
  child.stdout.on('data', collect(out));
  child.stderr.on('data', collect(err));
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      for (const { reject, what } of waiting) {
        reject(new Error(`the program ended before ${what}\n${text(out)}\n${text(err)}`));
      }
      resolve(status ?? signal);
    });
  });
  return {
    look,
    ended,
    stdout: () => text(out),
    stderr: () => text(err),
    until: (ready: () => boolean, what: string) =>
      new Promise<void>((resolve, reject) => {
        if (ready()) resolve();
        else waiting.add({ ready, resolve, reject, what });
      }),
  };
}
