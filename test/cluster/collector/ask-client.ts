import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFilters } from '@katib-push/core';
import { startDbManager } from '@katib-push/db-manager';
import { readOutput } from '../../../packages/oracle/src/collect/read-output.ts';
import { prepareReading } from '../../../packages/oracle/src/collect/reading.ts';
import type { ConformingClient } from '../../client/conformance/clients.ts';
import { onInterrupt } from '../stack/interrupt.ts';
import type { Cases } from './case.ts';

/** Where a client pushed something else than what is to be read; rows are `name=value`. */
export interface ClientDifference {
  readonly cases: Cases;
  /** The first row that differs, in the order of the outputs. */
  readonly row: number;
  readonly expected: string | undefined;
  readonly pushed: string | undefined;
  readonly stderr: string;
}

const programs: Readonly<Record<string, string>> = {
  python: `import json, os
with open(os.environ['LINES'], encoding='utf-8') as file: lines = json.load(file)
for line in lines: _katib_push(print)(line)
`,
  javascript: `for (const line of JSON.parse(require('fs').readFileSync(process.env.LINES, 'utf8'))) _katib_push(console).log(line);
`,
};

/**
 * Prints all outputs of a group with a client, which pushes to an embedded DB manager.
 *
 * @returns undefined where the rows are those of the port, with what the clients' rules make of values that are no numbers;
 *   `skipped` where nothing is pushed for such filters, or the outputs are no text
 */
export async function askClient(
  client: ConformingClient,
  cases: Cases,
): Promise<ClientDifference | 'skipped' | undefined> {
  const names = cases.names.join(';').split(';');
  const filters = compileFilters(names, cases.filters).filters;
  const outputs = cases.outputs.filter(isText).map((output) => Buffer.from(output).toString());
  if (filters === undefined || cases.format === 'JSON' || outputs.length === 0) return 'skipped';
  const reading = prepareReading(cases.names, cases.filters);
  const expected = outputs
    .flatMap((output) => readOutput(output, reading))
    .flatMap(({ name, pushed, notFinite }) => (pushed === '' || notFinite ? [] : [`${name}=${pushed}`]));
  const { rows, stderr } = await runClient(client, outputs, { metrics: names, filters: filters.portable });
  const row = expected.findIndex((each, at) => each !== rows[at]);
  if (row < 0 && rows.length === expected.length) return undefined;
  const at = row < 0 ? expected.length : row;
  return { cases, row: at, expected: expected[at], pushed: rows[at], stderr };
}

function isText(output: Uint8Array): boolean {
  return Buffer.from(Buffer.from(output).toString()).equals(output);
}

async function runClient(client: ConformingClient, outputs: readonly string[], config: object) {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-cluster-'));
  const manager = await startDbManager();
  try {
    const [lines, program] = [join(folder, 'lines.json'), join(folder, client.program)];
    writeFileSync(lines, JSON.stringify(outputs));
    writeFileSync(program, client.prelude() + programs[client.language]);
    const [interpreter = ''] = client.interpreters.values();
    const child = spawn(interpreter, [program], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PYTHONUTF8: '1',
        LINES: lines,
        [client.variable]: client.source,
        KATIB_PUSH_CONFIG: JSON.stringify(config),
        KATIB_TRIAL_NAME: 'trial',
        KATIB_DB_MANAGER_ADDRESS: manager.address,
      },
    });
    const forget = onInterrupt(() => child.kill('SIGKILL'));
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-2000);
    });
    await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    forget();
    return { rows: manager.observations('trial').map(({ name, value }) => `${name}=${value}`), stderr };
  } finally {
    await manager.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
