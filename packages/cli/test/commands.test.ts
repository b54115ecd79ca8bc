import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exitCode, run, version } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { type FakeOptions, fakeIo, fakeServices } from './fake-io.ts';

const experiment = `# tuning
apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata:
  name: tune # a name
spec:
  args:
  - |
    print(loss)
`;
const quiet = experiment.replace('print(loss)', 'pass');
const configMap =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {big: 12345678901234567890, on: yes}\n';
const files = { 'a.yaml': experiment, 'quiet.yaml': quiet, 'map.yaml': configMap };

async function call(argv: readonly string[], options: FakeOptions = { files }) {
  const { io, written } = fakeIo(options);
  const code = await run(argv, io, fakeServices);
  return { code, ...written };
}

describe('katib-push', () => {
  it('shows help and version', async () => {
    const help = await call(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
    expect((await call([])).stdout).toContain('Usage: katib-push');
    expect((await call(['--version'])).stdout).toBe(`${version}\n`);
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(version).toBe(manifest.version);
  });

  it.each(['dry-run', 'rewrite', 'run', 'explain', 'serve', 'policy', 'db-manager', 'replay'])(
    'shows examples in the help of %s',
    async (name) => {
      const { code, stdout, stderr } = await call([name, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`Usage: katib-push ${name}`);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain('Exit codes:');
    },
  );

  it.each([
    [['dry-run', '--files', 'x'], "Unknown option '--files'"],
    [['dryrun'], "Unknown command 'dryrun' (Did you mean dry-run?)"],
    [['dry-run', '-f', 'a.yaml', '-o', 'xml'], "argument 'xml' is invalid"],
    [['dry-run', 'a.yaml'], 'Manifests are named with -f FILE'],
    [['dry-run', '-f'], 'argument missing'],
    [['--color=blue', 'dry-run'], "argument 'blue' is invalid"],
    [['policy', '--kind', 'Pod'], 'Allowed choices are Job'],
    [['policy', '--namespace-label', 'team'], 'Write it as KEY=VALUE'],
    [['run', '-f', 'a.yaml', '--set', 'lr'], 'Write it as name=value'],
    [['run', '-f', 'a.yaml', '--set', '=1'], 'Write it as name=value'],
    [['run', '-f', 'a.yaml', '--set', 'a=1', '--set', 'a=2'], 'set twice'],
    [['run', '-f', 'a.yaml', '--timeout', 'soon'], 'number of seconds'],
    [['explain', '-m', 'loss'], 'No script is given'],
    [['explain', 't.py'], 'No wanted metric is given'],
    [['explain', 'metric-not-red'], 'There is no diagnostic metric-not-red; did you mean metric-not-read?'],
    [['explain', 't.py', '-m', ''], 'The name after -m is empty'],
    [['explain', 't.py', '-m', 'loss', '--log', 'x'], 'give one of them'],
    [['explain', '--log', 'a.yaml', '-m', 'loss', '--format', '('], 'not a valid expression'],
    [['replay'], 'Missing required argument'],
    [['replay', '-'], 'file that can be marked'],
    [['replay', 'x', '--address', ''], 'host:port'],
    [['db-manager', '--port', '70000'], 'whole number from 0 to 65535'],
  ])('answers a wrong command line: %j', async (argv, text) => {
    const { code, stdout, stderr } = await call(argv);
    expect(code).toBe(exitCode.badInput);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error usage: /);
    expect(stderr).toContain(text);
    expect(stderr).toContain('hint: ');
  });

  it.each(['undo', 'playground', 'policy', 'completion'])(
    'names the command that can tell more: %s',
    async (name) => {
      const { stderr } = await call([name, '--nothing-like-it']);
      expect(stderr).toContain(`hint: See katib-push ${name} --help.`);
    },
  );

  it('never shows a stack trace, unless asked', async () => {
    const broken = {
      ...fakeServices,
      rewriteExperiment: () => Promise.reject(new Error('out of cheese\nat x')),
    };
    const { io, written } = fakeIo({ files });
    expect(await run(['dry-run', '-f', 'a.yaml'], io, broken)).toBe(exitCode.internal);
    expect(written.stderr).toMatch(
      /^error internal-error: Something unexpected happened: out of cheese\.\n {2}hint: /,
    );
    const debug = fakeIo({ files, env: { KATIB_PUSH_DEBUG: '1' } });
    await run(['dry-run', '-f', 'a.yaml'], debug.io, broken);
    expect(debug.written.stderr).toContain('commands.test.ts');
  });

  it('colours only on a terminal, or when asked', async () => {
    const argv = ['dry-run', '-f', 'a.yaml'];
    const sequence = '\x1b[';
    expect((await call(argv)).stdout).not.toContain(sequence);
    expect((await call(argv, { files, terminal: 80 })).stdout).toContain(sequence);
    expect((await call(argv, { files, terminal: 80, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      sequence,
    );
    expect((await call(argv, { files, terminal: 80, env: { TERM: 'dumb' } })).stdout).not.toContain(sequence);
    expect((await call(argv, { files, env: { FORCE_COLOR: '1' } })).stdout).toContain(sequence);
    expect((await call([...argv, '--color=always'], { files, env: { NO_COLOR: '1' } })).stdout).toContain(
      sequence,
    );
    expect((await call(['--color', 'never', ...argv], { files, terminal: 80 })).stdout).not.toContain(
      sequence,
    );
  });
});

describe('explain', () => {
  it('prints the page of a diagnostic', async () => {
    const { code, stdout } = await call(['explain', 'metric-not-read']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^metric-not-read\n\n\*warning\*/);
    expect(stdout).toContain('metricsFormat');
  });
});

describe('dry-run', () => {
  it('shows diff, statements, metrics and the conclusion', async () => {
    const { code, stdout, stderr } = await call(['dry-run', '-f', 'a.yaml']);
    expect(stderr).toBe('');
    expect(code).toBe(exitCode.different);
    expect(stdout).toMatchInlineSnapshot(`
      "experiment/tune › training › arg 0 › python (train.py)
        @@ -1 +1 @@
        -print(loss)
        +push(loss)

        line  verdict  metric    why
           1  metric   loss ← l  matches the default filter

        metric             pushed   where, or why not
        loss    objective  covered  line 1

      1 experiment would change: pushes loss, no sidecar.
      "
    `);
  });

  it('shows the object', async () => {
    const { code, stdout } = await call(['dry-run', '-f', 'a.yaml', '--object']);
    expect(code).toBe(exitCode.different);
    expect(stdout).toBe((await call(['dry-run', '-f', 'a.yaml', '-o', 'yaml'])).stdout);
    expect(stdout).toContain('--- a.yaml\n+++ a.yaml (rewritten)\n@@ -3,7 +3,9 @@\n');
    expect(stdout).toContain('+  annotations:\n+    katib-push.io/version: "0.1.0"\n');
  });

  it('exits with 0 where nothing changes, and reads folders and standard input', async () => {
    expect((await call(['dry-run', '-f', 'quiet.yaml'])).code).toBe(0);
    const folder = { 'd/b.yml': quiet, 'd/a.yaml': experiment, 'd/README.md': '# no', 'd/sub/c.json': '[' };
    const { code, stdout } = await call(['dry-run', '-f', 'd'], { files: folder });
    expect(code).toBe(exitCode.different);
    expect(stdout).toContain('1 experiment would change, 1 experiment would stay as it is.');
    expect((await call(['dry-run', '-R', '-f', 'd'], { files: folder })).stderr).toContain(
      'at d/sub/c.json:1:',
    );
    expect((await call(['dry-run', '-f', '-'], { stdin: experiment })).code).toBe(exitCode.different);
    expect((await call(['dry-run', '-f', 'a.yaml', '-f', 'quiet.yaml', '-f', 'map.yaml'])).code).toBe(1);
  });

  it('prints a report that its schema describes', async () => {
    const schema = JSON.parse(readFileSync(new URL('../schema/report.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
    for (const argv of [['a.yaml'], ['quiet.yaml'], ['map.yaml'], ['bad.yaml'], ['failed.yaml']]) {
      const more = {
        ...files,
        'bad.yaml': 'a: [',
        'failed.yaml': 'apiVersion: kubeflow.org/v1beta1\nkind: Experiment\n',
      };
      const { stdout } = await call(['dry-run', '-o', 'json', '-f', ...argv], { files: more });
      const report = JSON.parse(stdout);
      validate(report);
      expect(validate.errors ?? []).toEqual([]);
      expect(report.version).toBe(1);
    }
  });

  it('gives diagnostics with file, line and column', async () => {
    const text = 'a: 1\n---\napiVersion: kubeflow.org/v1beta1\nkind: Experiment\nspec:\n  args:\n  - 5\n';
    const { code, stdout } = await call(['dry-run', '-f', 'x.yaml'], { files: { 'x.yaml': text } });
    expect(code).toBe(exitCode.badInput);
    expect(stdout).toContain(
      'error invalid-field: /spec/args/0 has to be a string.\n    at x.yaml:7:5  /spec/args/0\n',
    );
    expect(stdout).toContain("1 experiment can't be rewritten: can not be read.");
  });

  it('neutralises what a terminal would act on', async () => {
    const hostile = experiment
      .replace('name: tune', 'name: "tune\\e]0;owned\\a\\u202e"')
      .replace('print(loss)', 'print(loss) # \t日本 🎉');
    const { stdout } = await call(['dry-run', '-f', 'x'], { files: { x: hostile } });
    expect(stdout).toContain('experiment/tune␛]0;owned␇<202E> ›');
    expect(stdout).toContain('日本 🎉');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('rewrite', () => {
  it('keeps comments and formatting', async () => {
    const { code, stdout, stderr } = await call(['rewrite', '-f', 'a.yaml']);
    expect(code).toBe(0);
    expect(stderr).toBe('experiment/tune rewritten: pushes loss, no sidecar\n');
    expect(stdout).toBe(
      experiment
        .replace('print(', 'push(')
        .replace('# a name\n', '# a name\n  annotations:\n    katib-push.io/version: "0.1.0"\n'),
    );
  });

  it('lets everything else of a stream pass through, byte by byte', async () => {
    const stream = `%YAML 1.2\n# head\n---\n${configMap}--- # two\n${experiment}...\n---\n${quiet}\n# the end`;
    const bytes = Buffer.from(`\ufeff${stream.replaceAll('\n', '\r\n')}`);
    const { stdout, code } = await call(['rewrite', '-f', '-'], { stdin: bytes });
    expect(code).toBe(0);
    const expected = stream
      .replace('print(', 'push(')
      .replace('# a name\n', '# a name\n  annotations:\n    katib-push.io/version: "0.1.0"\n');
    expect(stdout).toBe(`\ufeff${expected.replaceAll('\n', '\r\n')}`);
  });

  it('joins several files to one stream', async () => {
    const texts = { a: 'a: 1', b: '# b\n---\nb: 1\n', c: '%YAML 1.2\n---\nc: 1\n', x: quiet };
    const { stdout } = await call(['rewrite', ...Object.keys(texts).flatMap((name) => ['-f', name])], {
      files: texts,
    });
    expect(stdout).toBe(`a: 1\n# b\n---\nb: 1\n...\n%YAML 1.2\n---\nc: 1\n---\n${quiet}`);
  });

  it('prints objects as JSON, integers unharmed', async () => {
    const one = JSON.parse((await call(['rewrite', '-o', 'json', '-f', 'a.yaml'])).stdout);
    expect(one.spec.args).toEqual(['push(loss)\n']);
    const { stdout } = await call(['rewrite', '-o', 'json', '-f', 'a.yaml', '-f', 'map.yaml']);
    expect(stdout).toContain('"big": 12345678901234567890');
    expect(JSON.parse(stdout).items).toHaveLength(2);
  });

  it('rewrites JSON as JSON, and the items of a List', async () => {
    const item = {
      apiVersion: 'kubeflow.org/v1beta1',
      kind: 'Experiment',
      metadata: { name: 'j' },
      spec: { args: ['print(x)'] },
    };
    const text = JSON.stringify(
      { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Pod' }, item] },
      null,
      '\t',
    );
    const { code, stdout } = await call(['rewrite', '-f', 'l.json'], { files: { 'l.json': text } });
    expect(code).toBe(0);
    const list = JSON.parse(stdout);
    expect(list.items[1].spec.args).toEqual(['push(x)']);
    expect(list.items[1].metadata.annotations).toEqual({ 'katib-push.io/version': '0.1.0' });
  });

  it('passes through what it can not use, and says why', async () => {
    const bad = 'kind: Experiment\n  indented: wrong\n';
    const { code, stdout, stderr } = await call(['rewrite', '-f', '-'], { stdin: bad });
    expect({ code, stdout }).toEqual({ code: exitCode.badInput, stdout: bad });
    expect(stderr).toMatch(/^error not-yaml: .*\n {2}at <stdin>:\d+:\d+\n {2}hint: /);
    expect((await call(['rewrite', '-o', 'json', '-f', '-'], { stdin: bad })).stdout).toBe('');
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['nothing', '', /no-input: <stdin> is empty/],
    ['blanks', ' \n\n', /no-input: <stdin> is empty/],
    ['not YAML', 'a: b: c', /not-yaml: .*\n {2}at <stdin>:1:\d/],
    ['duplicate keys', 'a: 1\nb: 2\na: 3\n', /not-yaml: Map keys must be unique\.\n {2}at <stdin>:3:1/],
    ['tabs', 'a:\n\tb: 1\n', /not-yaml: .*\n {2}at <stdin>:2:1/],
    ['a NUL byte', 'kind: Experiment\na: \0', /not-yaml: A NUL .*\n {2}at <stdin>:2:4/],
    ['no UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xff]), /not-text: <stdin> is not UTF-8/],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), /looks like UTF-16/],
    ['a scalar', 'hello', /not-an-experiment: No Experiment is in <stdin>: found a string/],
    ['a list', '- 1', /found a list/],
    ['a number', '42', /found a number/],
    ['only comments', '# nothing\n', /not-an-experiment/],
    ['another kind', configMap, /found v1 ConfigMap/],
    [
      'another Experiment',
      'apiVersion: example.com/v1\nkind: Experiment\n',
      /found example.com\/v1 Experiment/,
    ],
    ['a kind of another type', 'kind: [Experiment]', /an object without kind/],
    ['an unresolved alias', 'a: *b\n', /not-yaml: .*alias/i],
    ['an alias of itself', 'a: &x\n  b: *x\n', /not-yaml: An alias repeats the node/],
    ['an alias bomb', bomb(), /too-many-aliases/],
    ['a deep document', '['.repeat(100_000), /too-deep/],
    ['deep dashes', '- '.repeat(100_000), /too-deep/],
    ['deep lines', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), /too-deep/],
  ];
  it.each(cases)('%s', async (_, stdin, expected) => {
    const dry = await call(['dry-run', '-f', '-'], { stdin });
    expect(dry.stderr).toMatch(expected);
    expect(dry.stderr).toContain('hint: ');
    expect(dry.code).toBe(exitCode.badInput);
    expect(dry.stdout).toBe('');
    const rewritten = await call(['rewrite', '-f', '-'], { stdin });
    expect(rewritten.code).toBe(exitCode.badInput);
    if (typeof stdin === 'string') expect(rewritten.stdout).toBe(stdin);
  });

  it('files that are not there, folders without manifests', async () => {
    expect((await call(['dry-run'])).stderr).toContain('no-input: No manifest is given.');
    const missing = await call(['rewrite', '-f', 'a.yaml', '-f', 'nope.yaml', '-f', 'no.yaml']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('There is no file nope.yaml.');
    expect(missing.stderr).toContain('There is no file no.yaml.');
    const empty = await call(['dry-run', '-f', 'd'], { files: { 'd/sub/a.yaml': experiment } });
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain('add -R');
  });

  it('a script of 1 MiB', async () => {
    const script = '    x = 1\n'.repeat(105_000);
    const text = experiment.replace('    print(loss)\n', `${script}    print(loss)\n`);
    const { code, stdout } = await call(['rewrite', '-f', '-'], { stdin: text });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(text.length);
    expect((await call(['dry-run', '-f', '-'], { stdin: text })).stdout).toContain('+push(loss)');
  });
});

function bomb(): string {
  const lines = Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
  return ['a0: &a0 [x]', ...lines].join('\n');
}
