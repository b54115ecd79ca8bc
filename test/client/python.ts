import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { everyNeed } from '@katib-push/core';
import { createPython } from '@katib-push/python';

/** The whole client as it is injected: what almost every test runs. */
export const SOURCE = (await createPython()).client?.source(everyNeed) ?? '';

/** What the rewriter writes into each file; it ends in a newline. */
export const PRELUDE = `_katib_push=lambda f,*_:f; exec("try:exec(__import__('os').environ['KATIB_PUSH_PYTHON'],{'katib_push_into':(globals(),'_katib_push')})%cexcept Exception:pass"%10)\n`;

const later = ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/** Interpreters by version, those that run scripts that were rewritten: 3.7 and later, the default `python3` first. */
export function interpreters(): Map<string, string> {
  return findInterpreters(later);
}

/** Interpreters by version, those too that only parts of the client have to run on: 2.7, and 3.4 and later. */
export function allInterpreters(): Map<string, string> {
  return findInterpreters(['2.7', '3.4', '3.5', '3.6', ...later]);
}

/**
 * The default `python3` first, then every other one of the versions that runs, in their order. Looked for on PATH, in
 * pyenv's folder, and in KATIB_PUSH_PYTHONS (paths or names, split at blanks, commas or colons).
 */
function findInterpreters(versions: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const more = process.env.KATIB_PUSH_PYTHONS?.split(/[\s:,]+/).filter(Boolean) ?? [];
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(pyenv) ? readdirSync(pyenv) : [];
  const ofPyenv = versions.flatMap((wanted) =>
    installed
      .filter((version) => version.startsWith(`${wanted}.`))
      .map((version) => join(pyenv, version, 'bin/python')),
  );
  for (const name of ['python3', ...more, ...versions.map((version) => `python${version}`), ...ofPyenv]) {
    try {
      const probe = "import sys; print('%d.%d %s' % (sys.version_info[:2] + (sys.executable,)))";
      const text = execFileSync(name, ['-c', probe], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [version, path] = text.trim().split(' ');
      if (version && path && versions.includes(version) && !found.has(version)) found.set(version, path);
    } catch {
      // not installed here
    }
  }
  return found;
}

export interface Run {
  /** The body of script.py, after the prelude. */
  readonly script: string;
  /** Files beside the script, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of the interpreter. */
  readonly flags?: readonly string[];
  /** Path of the interpreter. */
  readonly python: string;
  /** Called when the process has started. */
  readonly onStart?: (folder: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called with each piece of stdout, for instance to send a signal. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the name of the signal that ended it. */
  readonly code: number | string | null;
  /** Milliseconds from the last piece of stdout to the end: what a slow start costs is not in it. */
  readonly took: number;
}

/** Runs a script in a folder of its own; the environment is this process' without what concerns Python and Katib. */
export async function runPython({
  script,
  files = {},
  env = {},
  flags = [],
  python,
  onStart,
  onOutput,
}: Run): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'script.py': PRELUDE + script })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const kept = Object.entries(process.env).filter(
      ([key]) => !/^(PYTHON|KATIB|JOB_COMPLETION|KUBEFLOW|RANK$|LOCAL_RANK$|OMPI|TF_CONFIG$)/.test(key),
    );
    let began = performance.now();
    const child = spawn(python, [...flags, 'script.py'], {
      cwd: folder,
      env: { ...Object.fromEntries(kept), TMPDIR: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onStart?.(folder, (signal) => child.kill(signal));
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      began = performance.now();
      stdout += text;
      onOutput?.(text, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? signal));
    });
    const plain = (text: string) => text.replaceAll(folder, '/folder');
    return { stdout: plain(stdout), stderr: plain(stderr), code, took: performance.now() - began };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment that a rewritten Experiment gives its container. */
export function pushEnv(
  trial: string,
  address: string,
  config: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  return {
    KATIB_PUSH_PYTHON: SOURCE,
    KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['accuracy', 'loss'], filters: null, ...config }),
    KATIB_TRIAL_NAME: trial,
    KATIB_DB_MANAGER_ADDRESS: address,
  };
}
