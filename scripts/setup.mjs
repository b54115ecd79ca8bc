// Makes a fresh clone ready: node_modules by pnpm, .venv by pip. Does nothing, quickly, where nothing changed.
// Plain JavaScript for Node 18 and up: it runs before anything is installed. One line per step; on failure it says
// what to do and exits with 1.
//
// Environment: PYTHON, the interpreter that makes the venv (default: python3, else python).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const minimumNode = [22, 18];
const minimumPython = [3, 8];
const venv = join(root, '.venv');
const venvPython = join(venv, 'bin', 'python');
const modules = join(root, 'node_modules');
const lock = join(root, 'node_modules', '.setup-lock');

class SetupError extends Error {}

try {
  const release = takeLock();
  try {
    installPackages();
    checkNode();
    makeVenv();
  } finally {
    release();
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}

/** node_modules, as the lockfile says. */
function installPackages() {
  const stamp = join(modules, '.setup-stamp');
  const manifests = [root, ...workspaceFolders()].map((folder) => join(folder, 'package.json'));
  const inputs = [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests];
  const wanted = digest(process.platform, process.arch, ...inputs.map((file) => readFileSync(file, 'utf8')));
  if (readIfThere(stamp) === wanted && existsSync(join(modules, '.modules.yaml'))) {
    console.log('setup: node_modules is up to date');
    return;
  }
  const seconds = timed(() => {
    const result = run(
      process.execPath,
      [join(root, 'scripts', 'pnpm.mjs'), 'install', '--frozen-lockfile'],
      {
        // Without a terminal pnpm may not ask before it replaces a node_modules made by something else.
        env: { ...process.env, CI: 'true' },
      },
    );
    if (result.status !== 0) {
      throw new SetupError(
        `pnpm install failed:\n${result.output}\n` +
          'Check the network and the npm registry (npm ping), then run this again. ' +
          'If pnpm-lock.yaml is out of date: node scripts/pnpm.mjs install --no-frozen-lockfile',
      );
    }
  });
  writeFileSync(stamp, wanted);
  console.log(`setup: node_modules installed (${seconds} s)`);
}

/** The Node that package scripts will run on: the pinned one of node_modules, else the machine's own. */
function checkNode() {
  const pinned = join(modules, '.bin', 'node');
  const own = spawnSync(pinned, ['--version'], { encoding: 'utf8' });
  const version = (own.status === 0 ? own.stdout.trim() : process.version).slice(1);
  if (!atLeast(version, minimumNode)) {
    throw new SetupError(
      `package scripts would run on Node ${version}, and need ${minimumNode.join('.')} or newer. ` +
        'There is no pinned Node for this platform: install Node 24 (https://nodejs.org) and run this again.',
    );
  }
}

/** .venv, with exactly what requirements.txt lists. */
function makeVenv() {
  const python = findPython();
  const requirements = join(root, 'requirements.txt');
  const stamp = join(venv, '.setup-stamp');
  // The version is part of the stamp: wheels of another Python are of no use.
  const wanted = digest('1', python.version, readFileSync(requirements, 'utf8'));
  if (readIfThere(stamp) === wanted && run(venvPython, ['-c', '']).status === 0) {
    console.log(`setup: .venv is up to date (Python ${python.version})`);
    return;
  }
  const seconds = timed(() => {
    // Whatever is there is partial, outdated, or made by an interpreter that is gone.
    rmSync(venv, { recursive: true, force: true });
    const made = run(python.command, ['-m', 'venv', venv]);
    if (made.status !== 0) {
      throw new SetupError(`${python.command} -m venv failed:\n${made.output}\n${withoutVenv(python)}`);
    }
    pip(
      ['install', '--only-binary', ':all:', '--no-deps', '--no-compile', '-r', requirements],
      `Check the network and pip's index (pip config list). The pinned wheels cover Python 3.8 to 3.14; ` +
        `this is ${python.version}: another one can be given as PYTHON=/path/to/python3.`,
    );
    pip(['check'], 'requirements.txt lacks a package or names one that does not fit: correct the pins.');
    // Also compiles what the fixtures import, so that the first run is not the slow one.
    const tried = run(venvPython, [
      '-c',
      'import absl.logging, click, cloudpickle, grpc, kubeflow.katib, loguru, numpy, rich.console, tqdm, yaml',
    ]);
    if (tried.status !== 0) {
      throw new SetupError(
        `the installed packages can not be imported:\n${tried.output}\nDelete .venv, run this again.`,
      );
    }
  });
  writeFileSync(stamp, wanted);
  console.log(`setup: .venv made with Python ${python.version} (${seconds} s)`);
}

function pip(args, remedy) {
  const result = run(venvPython, [
    '-I',
    '-m',
    'pip',
    '--disable-pip-version-check',
    '--no-input',
    '-q',
    ...args,
  ]);
  if (result.status !== 0) throw new SetupError(`pip ${args[0]} failed:\n${result.output}\n${remedy}`);
}

/** The first interpreter that is new enough and can make a venv. */
function findPython() {
  const found = [];
  for (const command of process.env.PYTHON
    ? [process.env.PYTHON]
    : ['python3', 'python', '/usr/bin/python3']) {
    const asked = run(command, ['-c', 'import platform; print(platform.python_version())']);
    if (asked.status !== 0) continue;
    const python = { command, version: asked.output.trim() };
    if (!atLeast(python.version, minimumPython)) {
      found.push(`${command} is ${python.version}`);
    } else if (run(command, ['-c', 'import venv, ensurepip']).status !== 0) {
      found.push(`${command} (${python.version}) has no venv or ensurepip. ${withoutVenv(python)}`);
    } else return python;
  }
  const wanted = minimumPython.join('.');
  throw new SetupError(
    `a Python ${wanted} or newer is needed for the fixtures and was not found` +
      `${process.env.PYTHON ? ` as PYTHON=${process.env.PYTHON}` : ''}${found.length ? `: ${found.join('; ')}` : '.'}\n` +
      'Install it (Debian, Ubuntu: apt install python3 python3-venv; Fedora: dnf install python3; ' +
      'macOS: brew install python), or name one: PYTHON=/path/to/python3',
  );
}

function withoutVenv(python) {
  const [major, minor] = python.version.split('.');
  return (
    `Debian and Ubuntu keep venv in a package of its own: apt install python3-venv (or python${major}.${minor}-venv). ` +
    'Another interpreter can be given as PYTHON=/path/to/python3.'
  );
}

/** The folders of the workspace that hold a package.json, as the globs of pnpm-workspace.yaml (`packages/*`) say. */
function workspaceFolders() {
  const globs = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').matchAll(
    /^\s*-\s*['"]?([\w/-]+)\/\*['"]?\s*$/gm,
  );
  return [...globs]
    .flatMap(([, folder]) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .sort();
}

/** One set-up at a time in one checkout: two would delete each other's files. Returns what gives the lock back. */
function takeLock() {
  mkdirSync(modules, { recursive: true });
  const deadline = Date.now() + 10 * 60_000;
  for (let waited = false; ; waited = true) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderLives()) rmSync(lock, { recursive: true, force: true });
    else if (Date.now() > deadline)
      throw new SetupError(`another set-up has been running for 10 minutes. If not: delete ${lock}`);
    else {
      if (!waited) console.log('setup: waiting for another set-up of this checkout');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

function holderLives() {
  const pid = Number(readIfThere(join(lock, 'pid')));
  try {
    // Between mkdir and the pid's write there is no pid yet: young locks count as held.
    if (!pid) return Date.now() - statSync(lock).mtimeMs < 5000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a command without a terminal; `output` is stdout and stderr. A command that is not there has status 127. */
function run(command, args, { env = process.env } = {}) {
  // A PYTHONHOME or PYTHONPATH of the caller would put foreign packages before those of the venv.
  const { PYTHONHOME: _home, PYTHONPATH: _path, ...rest } = env;
  const result = spawnSync(command, args, {
    cwd: root,
    env: rest,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  });
  return {
    status: result.error ? 127 : result.status,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}`.trimEnd(),
  };
}

function atLeast(version, [major, minor]) {
  const [a, b] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function digest(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function timed(work) {
  const start = Date.now();
  work();
  return ((Date.now() - start) / 1000).toFixed(1);
}
