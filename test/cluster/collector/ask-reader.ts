import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { compileFilters } from '@katib-push/core';
import { startDbManager } from '@katib-push/db-manager';
import { readOutput } from '../../../packages/oracle/src/collect/read-output.ts';
import { prepareReading } from '../../../packages/oracle/src/collect/reading.ts';
import { makeFolder } from '../stack/folder.ts';
import { onInterrupt } from '../stack/interrupt.ts';
import type { Cases } from './case.ts';
import type { Reader } from './readers.ts';

/** Where something else was pushed than what is to be read; rows are `name=value`. */
export interface PushedDifference {
  /** The first row that differs, in the order of the outputs. */
  readonly row: number;
  readonly expected: string | undefined;
  readonly pushed: string | undefined;
  readonly stderr: string;
}

/**
 * Prints all outputs of a group under a client or the shim, which pushes to an embedded DB manager.
 *
 * @returns undefined where the rows are those of the port, with what the rules for values make of them; `skipped` where
 *   nothing is pushed for such filters, or the outputs are no text
 */
export async function askReader(
  reader: Reader,
  cases: Cases,
): Promise<PushedDifference | 'skipped' | undefined> {
  const names = cases.names.join(';').split(';');
  const filters = compileFilters(names, cases.filters).filters;
  const texts = cases.outputs.filter(isText).map((output) => Buffer.from(output).toString());
  if (filters === undefined || cases.format === 'JSON' || texts.length === 0) return 'skipped';
  const reading = prepareReading(cases.names, cases.filters);
  const expected = texts
    .flatMap((text) => readOutput(text, reading))
    .flatMap(({ name, pushed, notFinite }) => (pushed === '' || notFinite ? [] : [`${name}=${pushed}`]));
  const { rows, stderr } = await run(reader, texts, { metrics: names, filters: filters.portable });
  const row = expected.findIndex((each, at) => each !== rows[at]);
  if (row < 0 && rows.length === expected.length) return undefined;
  const at = row < 0 ? expected.length : row;
  return { row: at, expected: expected[at], pushed: rows[at], stderr };
}

function isText(output: Uint8Array): boolean {
  return Buffer.from(Buffer.from(output).toString()).equals(output);
}

/** Milliseconds after which a program hangs; it takes about one second. */
const LONGEST = 300_000;

async function run(reader: Reader, texts: readonly string[], config: object) {
  const folder = makeFolder();
  const manager = await startDbManager();
  try {
    const { words, env } = reader.prepare(folder, texts);
    const [command = '', ...rest] = words;
    const child = spawn(command, rest, {
      cwd: folder,
      timeout: LONGEST,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        KATIB_PUSH_CONFIG: JSON.stringify(config),
        KATIB_TRIAL_NAME: 'trial',
        KATIB_DB_MANAGER_ADDRESS: manager.address,
        ...env,
      },
    });
    const forget = onInterrupt(() => {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2000);
    });
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    forget();
    if (code !== 0) stderr += `it ended with ${code}`;
    return { rows: manager.observations('trial').map(({ name, value }) => `${name}=${value}`), stderr };
  } finally {
    await manager.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
