import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodes } from '../client/javascript/nodes.ts';
import { interpreters } from '../client/python.ts';
import { install } from './install.ts';

// What is published, packed as a release packs it, and used in an empty project outside of the workspace.

const root = join(import.meta.dirname, '../..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);
const temporary = mkdtempSync(join(tmpdir(), 'katib-push-packages-'));
const packed = join(temporary, 'packed');
const project = join(temporary, 'project');
const experiment = join(root, 'fixtures/experiments/sdk-push-print/input.yaml');
/** Node 22 and later, which the packages ask for; the client alone runs on older ones. */
const modernNodes = [...nodes()].filter(([version]) => Number(version) >= 22);
const newest = modernNodes.at(-1)?.[1] ?? process.execPath;

beforeAll(() => {
  mkdirSync(project);
  run(process.execPath, [join(root, 'scripts/pack.mjs'), '--out', packed], root);
  install(
    readdirSync(packed)
      .filter((name) => name.endsWith('.tgz'))
      .map((name) => join(packed, name)),
    project,
  );
  copyFileSync(experiment, join(project, 'experiment.yaml'));
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const REWRITE = `
const { outcome } = (await rewriteExperiment(parse(readFileSync('experiment.yaml', 'utf8')))).report;
if (outcome !== 'rewritten') throw new Error(outcome);
const handler = createAdmissionHandler();
await handler.ready();
await handler.close();
console.log(outcome);
`;

const IMPORTS = `
import { readFileSync } from 'node:fs';
import { rewriteExperiment } from '@katib-push/katib';
import { createAdmissionHandler } from '@katib-push/webhook';
import { parse } from 'yaml';
`;

const REQUIRES = `
const { readFileSync } = require('node:fs');
const { rewriteExperiment } = require('@katib-push/katib');
const { createAdmissionHandler } = require('@katib-push/webhook');
const { parse } = require('yaml');
`;

describe.each(modernNodes)('on Node %s', (_, node) => {
  it('an ES module imports the packages', () => {
    write('consumer.mjs', IMPORTS + REWRITE);
    expect(run(node, ['consumer.mjs'])).toBe('rewritten\n');
  });

  it('CommonJS requires the packages', () => {
    write('consumer.cjs', `${REQUIRES}(async () => {${REWRITE}})();`);
    expect(run(node, ['consumer.cjs'])).toBe('rewritten\n');
  });

  it.each(['katib-push', 'kubectl-katib_push'])('the command %s previews an Experiment', (command) => {
    const path = join(project, 'node_modules/.bin', command);
    const { status, stdout } = attempt(node, [path, 'dry-run', '-f', 'experiment.yaml']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('_katib_push(print)') });
  });
});

it('brings the page of the playground', () => {
  expect(existsSync(join(project, 'node_modules/katib-push/page/index.html'))).toBe(true);
});

it('says how the plugin of kubectl is called in its help', () => {
  const help = run(newest, [join(project, 'node_modules/.bin/kubectl-katib_push'), '--help']);
  expect(help).toContain('Usage: kubectl katib-push [options] [command]');
  expect(help).toContain('kubectl katib-push dry-run -f experiment.yaml');
});

describe('TypeScript, strict', () => {
  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('module %s, resolution %s', (module, moduleResolution) => {
    write(
      'consumer.ts',
      `import { type ExperimentRewrite, rewriteExperiment } from '@katib-push/katib';
import { createAdmissionHandler } from '@katib-push/webhook';
import { reportMetrics } from '@katib-push/client';
import { run } from 'katib-push';

export const result: Promise<ExperimentRewrite> = rewriteExperiment({}, { output: 'keep' });
// @ts-expect-error there is no such output
export const wrong = rewriteExperiment({}, { output: 'discard' });
export const names: readonly string[] = [createAdmissionHandler.name, reportMetrics.name, run.name];
`,
    );
    const compilerOptions = {
      module,
      moduleResolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: 'es2024',
      types: [],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
    expect(run(bin('tsc'), ['-p', '.'])).toBe('');
  });
});

describe('bundled by esbuild', () => {
  const banner = `import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);`;
  const bundle = (entryPoints: string[], outdir: string, more: BuildOptions = {}) =>
    buildSync({
      absWorkingDir: project,
      entryPoints,
      outdir,
      bundle: true,
      platform: 'node',
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      banner: { js: banner },
      logLevel: 'error',
      ...more,
    });

  it('finds its worker and its grammars where the packages stay external', () => {
    write('server.mjs', IMPORTS + REWRITE);
    bundle(['server.mjs'], 'external', { packages: 'external' });
    expect(run(newest, ['external/server.mjs'])).toBe('rewritten\n');
  });

  it('finds them where its worker is bundled as a second entry', () => {
    write(
      'server.mjs',
      `import { createAdmissionHandler } from '@katib-push/webhook';
const handler = createAdmissionHandler({ worker: new URL('./worker.mjs', import.meta.url) });
await handler.ready();
await handler.close();
console.log('ready');
`,
    );
    write('worker.mjs', `import '@katib-push/webhook/worker';\n`);
    bundle(['server.mjs', 'worker.mjs'], 'bundle', { external: ['web-tree-sitter'] });
    expect(run(newest, ['bundle/server.mjs'])).toBe('ready\n');
  });

  it('fails loudly in `ready` where the worker was left behind', () => {
    write(
      'lost.mjs',
      `${IMPORTS}try { await createAdmissionHandler().ready(); } catch (error) { console.log(error.message); }`,
    );
    bundle(['lost.mjs'], 'elsewhere');
    const { status, stdout } = attempt(newest, ['elsewhere/lost.mjs']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/worker could not be started/);
  });
});

describe('the wheel', () => {
  const wheel = () => join(packed, readdirSync(packed).find((name) => name.endsWith('.whl')) ?? '');

  it('has metadata that an index accepts', () => {
    const script = `
import sys, zipfile
from packaging.metadata import Metadata
wheel = zipfile.ZipFile(sys.argv[1])
name = next(n for n in wheel.namelist() if n.endswith('.dist-info/METADATA'))
# setuptools writes this field of metadata 2.4 into 2.1; indexes take that, and twine looks past it
text = b'\\n'.join(line for line in wheel.read(name).split(b'\\n') if not line.startswith(b'License-File'))
data = Metadata.from_email(text, validate=True)
print(data.name, data.version, data.requires_python, data.license, sep='|')
print(*[c for c in data.classifiers if c.startswith('License') or 'Python :: 3' in c], sep='\\n')
`;
    const text = run(join(root, '.venv/bin/python'), ['-c', script, wheel()]);
    expect(text).toMatch(/^katib-push\|\d+\.\d+\.\d+\|>=3\.\d+\|Apache-2\.0\n/);
  });

  it.each([...interpreters()])('installs and imports on Python %s', (_, python) => {
    const target = mkdtempSync(join(temporary, 'site-'));
    const options = ['--no-index', '--no-deps', '--disable-pip-version-check', '--quiet', '--target', target];
    run(python, ['-m', 'pip', 'install', ...options, wheel()]);
    const script = 'import katib_push; print(katib_push.__version__, katib_push.report_metrics.__name__)';
    const text = run(python, ['-c', script], project, { PYTHONPATH: target });
    expect(text).toMatch(/^\d+\.\d+\.\d+ report_metrics\n$/);
  });
});

function write(name: string, text: string): void {
  writeFileSync(join(project, name), text);
}

function run(
  command: string,
  args: readonly string[],
  cwd = project,
  more: Record<string, string> = {},
): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...environment(), ...more } });
}

function attempt(command: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', env: environment() });
}

/** As in a user's terminal: without what package scripts and the test runner set. */
function environment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|INIT_CWD|NODE_OPTIONS|VITEST)/.test(name),
  );
  return { ...Object.fromEntries(entries), PIP_ROOT_USER_ACTION: 'ignore' };
}
