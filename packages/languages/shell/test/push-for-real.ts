import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compileFilters,
  everyNeed,
  outermostLayer,
  type Rewritten,
  rewritePrograms,
  type Unwrap,
  unwrapContainer,
} from '@katib-push/core';
import { createJavaScript } from '../../javascript/src/index.ts';
import { createPython } from '../../python/src/index.ts';
import { createShell } from '../src/index.ts';
import type { Snippet } from './push-snippets.ts';

export const languages = [createShell(), await createPython(), await createJavaScript()] as const;
export const metrics = ['loss', 'accuracy'];
const { filters } = compileFilters(metrics, []);
const root = join(import.meta.dirname, '../../../..');
/** With the checkout's Python; a shim in front of it would take most of the time. */
export const searchPath = `${join(root, '.venv/bin')}:/usr/bin:/bin`;

/** The command that runs a snippet. */
export function argvOf(shell: string, { text, flags = [], args = [] }: Snippet): readonly string[] {
  return [shell, ...flags, '-c', text, ...(args.length > 0 ? ['name', ...args] : [])];
}

/** Rewrites what an argv runs. */
export function rewriteArgv(argv: readonly string[]): Rewritten & { readonly argv: readonly string[] } {
  const unwrap: Unwrap = (replaced) =>
    unwrapContainer(
      {
        command: argv.map((text, i) => {
          const pointer = `/command/${i}`;
          return outermostLayer(replaced.get(pointer) ?? text, `command ${i}`, pointer);
        }),
        args: [],
      },
      { environmentNames: new Set(), languages },
    );
  if (!filters) throw new Error('the filters are not valid');
  const rewritten = rewritePrograms(unwrap, { filters, languages });
  return { ...rewritten, argv: argv.map((text, i) => rewritten.strings.get(`/command/${i}`) ?? text) };
}

export interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** The environment of a trial. */
export function environmentOf(trial: string, address: string): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: searchPath,
    HOME: '/nowhere',
    KATIB_TRIAL_NAME: trial,
    KATIB_DB_MANAGER_ADDRESS: address,
    KATIB_PUSH_CONFIG: JSON.stringify({ metrics, filters: null, output: 'keep', coverage: 'likely' }),
  };
  for (const { client } of languages)
    if (client) environment[client.environmentVariable] = client.source(everyNeed);
  return environment;
}

/** Runs an argv in an empty folder. */
export async function run(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-sh-'));
  const [command, ...args] = argv as [string, ...string[]];
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (data) => stdout.push(data));
      child.stderr.on('data', (data) => stderr.push(data));
      child.on('error', reject);
      child.on('close', (code, signal) =>
        resolve({ code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
