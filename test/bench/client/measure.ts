import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DbManager } from '@katib-push/db-manager';
import type { ConformingClient } from '../../client/conformance/clients.ts';
import { programs } from './programs.ts';

/** One round of one client, or of `report_metrics`. */
export interface Cost {
  /** Microseconds that the caller spends per metric line. */
  readonly micros: number;
  /** From the first line to the moment at which the server has the last row. */
  readonly rowsPerSecond: number;
}

const root = join(import.meta.dirname, '../../..');
let trials = 0;

/** `calls` calls of Katib's own function, one row each. */
export async function measureReportMetrics(manager: DbManager, calls: number): Promise<Cost> {
  const script = join(import.meta.dirname, 'report_metrics.py');
  const env = { ...process.env, KATIB_TRIAL_NAME: `bench-${++trials}` };
  const { stdout } = await run(join(root, '.venv/bin/python'), [script, manager.address, String(calls)], env);
  return JSON.parse(stdout);
}

/** As many lines as fast as the program can print them, to /dev/null. */
export async function measureClient(
  manager: DbManager,
  client: ConformingClient,
  lines: number,
): Promise<Cost> {
  const trial = `bench-${++trials}`;
  let [rows, last] = [0, 0];
  const stop = manager.onReport((report) => {
    if (report.trial !== trial) return;
    rows += report.rows.length;
    last = Date.now();
  });
  const { loop, wrapped } = programOf(client);
  const { stderr } = await runProgram(client, loop(lines, wrapped), envOf(client, manager, trial));
  stop();
  const { micros, began } = JSON.parse(stderr.split('\n')[0] ?? '');
  if (rows < lines) throw new Error(`${client.language}: ${rows} of ${lines} rows arrived\n${stderr}`);
  return { micros, rowsPerSecond: (rows / (last - began)) * 1000 };
}

/** Microseconds per line of the same program without the client. */
export async function measurePrint(client: ConformingClient, lines: number): Promise<number> {
  const { loop, plain } = programOf(client);
  return JSON.parse((await runProgram(client, loop(lines, plain), {})).stderr).micros;
}

/** Peak resident memory in KB of a program that prints 1 000 metric lines a second, with and without the client. */
export async function measureMemory(
  manager: DbManager,
  client: ConformingClient,
  steps: number,
): Promise<{ readonly base: number; readonly subject: number }> {
  const { memory, plain, wrapped } = programOf(client);
  const base = await runProgram(client, memory(steps, plain), {});
  const env = envOf(client, manager, `bench-${++trials}`);
  const subject = await runProgram(client, memory(steps, wrapped), env);
  return { base: JSON.parse(base.stderr).peak, subject: JSON.parse(subject.stderr).peak };
}

function programOf({ language }: ConformingClient) {
  const program = programs[language];
  if (!program) throw new Error(`no bench program for ${language}: add one to programs.ts`);
  return program;
}

function envOf(client: ConformingClient, manager: DbManager, trial: string): Record<string, string> {
  return {
    [client.variable]: client.source,
    KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss'], filters: null }),
    KATIB_TRIAL_NAME: trial,
    KATIB_DB_MANAGER_ADDRESS: manager.address,
  };
}

async function runProgram(client: ConformingClient, text: string, env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-bench-'));
  try {
    const file = join(folder, client.program);
    writeFileSync(file, client.prelude() + text);
    const kept = Object.entries(process.env).filter(
      ([key]) => !client.concerns.test(key) && !/^KATIB/.test(key),
    );
    const interpreter = [...client.interpreters.values()][0] ?? '';
    return await run(interpreter, [file], { ...Object.fromEntries(kept), TMPDIR: folder, ...env }, 'ignore');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv, out: 'pipe' | 'ignore' = 'pipe') {
  const child = spawn(command, args, { env, stdio: ['ignore', out, 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return { stdout, stderr };
}
