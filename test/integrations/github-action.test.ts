import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const action = join(root, 'integrations/github-action');
const { inputs, runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default: string }>;
  runs: { steps: { shell: string; run: string; env: Record<string, string> }[] };
};
const folder = mkdtempSync(join(tmpdir(), 'action-'));
const repository = join(folder, 'repository');
const experimentOf = (name: string): string =>
  readFileSync(join(root, 'fixtures/experiments', name, 'input.yaml'), 'utf8');

function git(...words: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], { cwd: repository, encoding: 'utf8' }).trim();
}

function commit(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  git('add', '-A');
  git('commit', '--quiet', '--message', 'change');
  return git('rev-parse', 'HEAD');
}

/** Runs the steps of the action as a runner does: expressions filled in, files for what is put out. */
function runAction(given: Readonly<Record<string, string>> = {}, base = '') {
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, given[name] ?? input.default]),
  );
  const fill = (text: string): string =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const input = /^inputs\.([\w-]+)$/.exec(expression)?.[1];
      if (input !== undefined) return values[input] ?? '';
      return values['only-changed'] === 'true' ? base : '';
    });
  const output = join(folder, 'output');
  writeFileSync(output, '');
  const [step] = runs.steps;
  // a package script of the workspace may have started this test: the command would look where that was
  const { INIT_CWD: _, npm_lifecycle_event: __, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(step?.shell ?? '', ['-c', step?.run ?? ''], {
    cwd: repository,
    encoding: 'utf8',
    env: {
      ...environment,
      ...Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, fill(text)])),
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      GITHUB_ACTION_PATH: action,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: folder,
    },
  });
  return { status, lines: stdout.trim().split('\n'), stderr, output: readFileSync(output, 'utf8').trim() };
}

beforeAll(() => {
  // npx of the runner: gives the command of this tree, and says which package was asked for
  const npx = join(folder, 'bin/npx');
  mkdirSync(join(folder, 'bin'));
  const command = join(root, 'packages/cli/src/bin.ts');
  writeFileSync(
    npx,
    `#!/bin/sh\n[ "$1 $2" = "--yes katib-push@0.1.0" ] || exit 99\nshift 2\nexec ${process.execPath} --conditions=source ${command} "$@"\n`,
  );
  chmodSync(npx, 0o755);
});
beforeEach(() => {
  rmSync(repository, { recursive: true, force: true });
  rmSync(join(folder, 'katib-push.sarif'), { force: true });
  mkdirSync(repository);
  git('init', '--quiet');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the GitHub Action', () => {
  it('looks at what a change touches, and annotates its lines', () => {
    const base = commit({
      'good.yaml': experimentOf('sdk-push-print'),
      'old, 1.yaml': experimentOf('sdk-colon'),
    });
    commit({ 'new, 100%.yaml': experimentOf('partial-metric-not-printed'), 'values.yaml': 'a: 1\n' });
    const { status, lines, output } = runAction({}, base);
    expect(lines[0]).toBe('katib-push: looks at 2 of the manifests');
    expect(lines.slice(1).join('\n')).toMatch(
      /^::warning file=new%2C 100%25\.yaml,line=\d+,col=\d+,title=katib-push%3A metric-not-covered::The metric accuracy/m,
    );
    expect(lines.join('\n')).not.toContain('old');
    expect(status).toBe(1);
    expect(output).toBe(`sarif=${join(folder, 'katib-push.sarif')}`);
    expect(JSON.parse(readFileSync(join(folder, 'katib-push.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
  });

  it('passes where all is well, and where there is nothing to look at', () => {
    const base = commit({ 'good.yaml': experimentOf('sdk-push-print'), 'notes.txt': 'x' });
    expect(runAction({ 'only-changed': 'false' }, base)).toMatchObject({ status: 0 });
    commit({ 'notes.txt': 'y' });
    expect(runAction({}, base)).toMatchObject({ status: 0, lines: ['katib-push: no manifest to look at'] });
  });

  it('looks at everything where there is nothing to compare with: a new branch', () => {
    commit({ 'a.yaml': experimentOf('sdk-push-print'), 'b.yaml': experimentOf('sdk-push-print') });
    expect(runAction({}, '0'.repeat(40)).lines[0]).toBe('katib-push: looks at 2 of the manifests');
  });

  it('fetches what it compares with where the clone is shallow', () => {
    const base = commit({ 'a.yaml': experimentOf('sdk-push-print') });
    commit({ 'b.yaml': experimentOf('sdk-push-print') });
    const origin = join(folder, 'origin');
    cpSync(repository, origin, { recursive: true });
    rmSync(repository, { recursive: true });
    execFileSync('git', ['-C', origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true']);
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${origin}`, repository]);
    expect(runAction({}, base).lines[0]).toBe('katib-push: looks at 1 of the manifests');
    rmSync(origin, { recursive: true });
  });

  it('takes pathspecs, and options of dry-run', () => {
    mkdirSync(join(repository, 'experiments'));
    commit({ 'experiments/a.yaml': experimentOf('sdk-print'), 'b.yaml': 'kind: [' });
    const given = { paths: 'experiments/*.yaml\n', 'only-changed': 'false' };
    const { lines, status } = runAction(given);
    expect(lines[0]).toBe('katib-push: looks at 1 of the manifests');
    expect(status).toBe(1);
    expect(runAction({ ...given, 'require-metrics': 'false', arguments: '--enable' }).status).toBe(0);
    expect(runAction({ ...given, paths: '*.yaml', 'require-metrics': 'false' }).status).toBe(2);
    expect(existsSync(join(folder, 'katib-push.sarif'))).toBe(true);
  });
});
