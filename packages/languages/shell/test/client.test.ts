import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startDbManager } from '../../../db-manager/src/index.ts';
import { argvOf, environmentOf, rewriteArgv, run } from './push-for-real.ts';

const db = await startDbManager();
const root = mkdtempSync(join(tmpdir(), 'katib-push-images-'));
afterAll(async () => {
  rmSync(root, { recursive: true });
  await db.close();
});

const python = join(import.meta.dirname, '../../../../.venv/bin/python3');
const told = 'katib-push: nothing can be pushed: the image has neither Python 3.7 nor Node 14\n';

/** A folder of commands as the only one on the path. */
function image(name: string, commands: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [command, target] of Object.entries(commands)) {
    const path = join(folder, command);
    if (target.startsWith('#!')) writeFileSync(path, target, { mode: 0o755 });
    else symlinkSync(target, path);
  }
  return folder;
}

const images = {
  python3: image('python3', { python3: python }),
  python: image('python', { python }),
  node: image('node', { node: process.execPath }),
  'an old python3 and node': image('old', { python3: '#!/bin/sh\nexit 1\n', node: process.execPath }),
  neither: image('neither', {}),
  'an old python3': image('older', { python3: '#!/bin/sh\nexit 1\n' }),
};

const text = [
  'set -eu',
  'echo "loss=0.5"',
  'for i in 1 2; do echo "loss=$i"; done',
  '(echo "accuracy=1")',
  'echo "accuracy=2" | while read -r x; do echo "$x"; done',
  'exit 3',
].join('\n');

let number = 0;

async function compare(shell: string, changes: Readonly<Record<string, string | undefined>>, script = text) {
  number++;
  const trial = `trial-${number}`;
  const before = argvOf(shell, { text: script });
  const { argv } = rewriteArgv(before);
  expect(argv).not.toEqual(before);
  const env = { ...environmentOf(trial, db.address), ...changes };
  const given = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const original = await run(before, given);
  const start = performance.now();
  const result = await run(argv, given);
  const ms = performance.now() - start;
  expect(result.stdout.toString()).toBe(original.stdout.toString());
  expect([result.code, result.signal]).toEqual([original.code, original.signal]);
  const rows = db.observations(trial).map((row) => `${row.name}=${row.value}`);
  return { rows, stderr: result.stderr.toString(), ms, trial };
}

const stored = ['loss=0.5', 'loss=1', 'loss=2', 'accuracy=1', 'accuracy=2'];
const shells = ['/bin/dash', '/bin/bash'];

describe.each(shells)('%s', (shell) => {
  test.each(['python3', 'python', 'node', 'an old python3 and node'] as const)(
    'pushes by %s',
    async (name) => {
      const result = await compare(shell, { PATH: images[name] });
      expect(result.stderr).toBe('');
      expect([...result.rows].sort()).toEqual([...stored].sort());
    },
  );

  test.each(['neither', 'an old python3'] as const)(
    'says once that nothing can be pushed: %s',
    async (name) => {
      const result = await compare(shell, { PATH: images[name] });
      expect(result.stderr).toBe(told);
      expect(result.rows).toEqual([]);
    },
  );

  test('finds an interpreter that comes later', async () => {
    const script = `echo "loss=1"\nPATH=${images.python3}\necho "loss=2"\n(echo "loss=3")`;
    const result = await compare(shell, { PATH: images.neither }, script);
    expect(result.stderr).toBe(told);
    expect(result.rows).toEqual(['loss=2', 'loss=3']);
  });

  test('needs the client for the interpreter', async () => {
    const result = await compare(shell, { PATH: images.python3, KATIB_PUSH_PYTHON: undefined });
    expect(result.stderr).toBe(told);
  });

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['does not parse', '_katib_push() { if'],
    ['ends in a quotation', "_katib_push() { echo '"],
    ['fails', 'false'],
    ['leaves with a status', '(exit 3)'],
  ])('is the command itself where the source %s', async (_, source) => {
    const result = await compare(shell, { KATIB_PUSH_SHELL: source });
    expect(result.stderr).toBe('');
    expect(result.rows).toEqual([]);
  });

  test.each([
    ['the source is no Python', { KATIB_PUSH_PYTHON: 'def' }],
    ['the source fails', { KATIB_PUSH_PYTHON: '1/0' }],
    ['there are no settings', { KATIB_PUSH_CONFIG: undefined }],
    ['the settings are no JSON', { KATIB_PUSH_CONFIG: '{"metrics":["loss' }],
    ['there is no metric', { KATIB_PUSH_CONFIG: '{"metrics":[]}' }],
    ['there is no trial', { KATIB_TRIAL_NAME: undefined }],
  ])('pushes nothing, and says nothing, where %s', async (_, changes) => {
    const result = await compare(shell, { PATH: images.python3, ...changes });
    expect(result.stderr).toBe('');
    expect(result.rows).toEqual([]);
  });

  test('reads with the filters that it is given, and names with an escape', async () => {
    const config = { metrics: ['a"b', 'acc*'], filters: ['(a"b|acc\\*): ([0-9.]+)'], output: 'keep' };
    const script = 'x=1\necho "a\\"b: $x"\necho "acc*: 0.5 accx: 3"\necho "acc: 7 $x"';
    const before = argvOf(shell, { text: script.replace(/echo/g, '_katib_push echo') });
    const prelude = '_katib_push(){ "$@"; };command eval "$KATIB_PUSH_SHELL";_katib_push;';
    const trial = `escapes-${shell}`;
    const env = { ...environmentOf(trial, db.address), KATIB_PUSH_CONFIG: JSON.stringify(config) };
    await run([...before.slice(0, -1), prelude + before.at(-1)], env);
    expect(db.observations(trial).map((row) => `${row.name}=${row.value}`)).toEqual(['a"b=1', 'acc*=0.5']);
  });

  test('prints nothing where the output is dropped', async () => {
    const trial = `drop-${shell}`;
    const env = environmentOf(trial, db.address);
    const config = (env.KATIB_PUSH_CONFIG as string).replace('"keep"', '"drop"');
    const { argv } = rewriteArgv(
      argvOf(shell, { text: 'set -e; echo loss=1; echo constant; printf "loss=%s\\n" 2' }),
    );
    const result = await run(argv, { ...env, KATIB_PUSH_CONFIG: config });
    expect([result.code, result.stdout.toString(), result.stderr.toString()]).toEqual([0, 'constant\n', '']);
    expect(db.observations(trial).map(({ value }) => value)).toEqual(['1', '2']);
  });

  test('is silent while the shell shows its commands', async () => {
    const trial = `traced-${shell}`;
    const { argv } = rewriteArgv(argvOf(shell, { text: 'echo "loss=1"' }));
    const result = await run([argv[0] as string, '-x', ...argv.slice(1)], environmentOf(trial, db.address));
    expect(result.stdout.toString()).toBe('loss=1\n');
    expect(result.stderr.toString()).not.toMatch(/^\++ \S*python3/m);
  });

  test.each(['python3', 'node'] as const)(
    'waits once for a DB manager that is not there (%s)',
    async (name) => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      await new Promise((resolve) => server.close(resolve));
      const folder = mkdtempSync(join(tmpdir(), 'katib-push-mark-'));
      const changes = {
        PATH: `${images[name]}:/usr/bin:/bin`,
        TMPDIR: folder,
        KATIB_DB_MANAGER_ADDRESS: `127.0.0.1:${port}`,
        KATIB_PUSH_FLUSH_TIMEOUT: '3',
      };
      const script = 'for i in 1 2 3; do echo "loss=$i" | cat; done; ls "$TMPDIR" | wc -l > count; exit 2';
      const { ms, stderr } = await compare(shell, changes, script);
      // three seconds, then one for each further line
      expect(ms).toBeGreaterThan(3000);
      expect(ms).toBeLessThan(8500);
      expect(stderr).toMatch(/^(katib-push: 1 observations? did not reach .*\n){3}$/);
      expect(existsSync(folder)).toBe(true);
      rmSync(folder, { recursive: true });
    },
  );
});

describe.each(shells)('%s, while the DB manager is away', (shell) => {
  const away = {
    KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
    KATIB_PUSH_FLUSH_TIMEOUT: '0.3',
    KATIB_PUSH_ON_FAILURE: 'fail', // the script's status stays its own all the same
  };

  test.each(['python3', 'node'] as const)('spills each line, and says so (%s)', async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'katib-push-spill-'));
    const { stderr, rows, trial } = await compare(shell, { ...away, PATH: images[name], TMPDIR: folder });
    const file = join(folder, `katib-push-${trial}.jsonl`);
    const spilled = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual([]);
    expect(spilled.map(({ metric }) => `${metric.name}=${metric.value}`).sort()).toEqual([...stored].sort());
    expect(new Set(spilled.map(({ trial_name }) => trial_name))).toEqual(new Set([trial]));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const said = `katib-push: 1 observations did not reach 127.0.0.1:1 (…): 1 are in ${file} (katib-push replay ${file})\n`;
    expect(stderr.replaceAll(/\((?!katib-push replay).*?\): /g, '(…): ')).toBe(said.repeat(stored.length));
    rmSync(folder, { recursive: true });
  });

  test('where no file is wanted, says what is lost', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'katib-push-spill-'));
    const changes = { ...away, PATH: images.python3, TMPDIR: folder, KATIB_PUSH_SPILL: 'off' };
    const { stderr } = await compare(shell, changes, 'x=1; echo "loss=$x"');
    expect(stderr).toMatch(/^katib-push: 1 observations did not reach 127\.0\.0\.1:1 \(.*\): 1 are lost\n$/);
    expect(readdirSync(folder).filter((each) => each.endsWith('.jsonl'))).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('reads what stands in brackets, and notes what is not finite', async () => {
    const script = 'x=0.5; echo "loss=tensor($x)"; echo "loss=nan $x"';
    const result = await compare(shell, { PATH: images.node }, script);
    expect(result.rows).toEqual(['loss=0.5']);
    expect(result.stderr).toBe('katib-push: 1 values are not pushed: no finite numbers (first: loss=nan)\n');
  });
});

test('the source is small, and has no line for another reader to take', () => {
  const { KATIB_PUSH_SHELL: source = '' } = environmentOf('', '');
  expect(source.length).toBeLessThan(6000);
  expect(source.match(/^\w+ ?\(\)/gm)).toEqual(['_katib_push()']);
});
