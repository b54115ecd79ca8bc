import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exitCode, run } from 'katib-push';
import { describe, expect, it } from 'vitest';
import { lines } from '../../../test/lines.ts';
import { loadServices } from '../src/services.ts';
import { type FakeOptions, fakeIo } from './fake-io.ts';

const script = `import sys
for epoch in range(3):
    print(f"loss={1 / (epoch + 1):.2f}")
    print(f"accuracy={epoch / 3:.2f}", file=sys.stderr)
sys.exit(int("\${trialParameters.code}"))
`;

function experiment(source = script, more = ''): string {
  return `apiVersion: kubeflow.org/v1beta1
kind: Experiment
metadata:
  name: real
spec:
  objective:
    type: minimize
    objectiveMetricName: loss
    additionalMetricNames: [accuracy]
${more}  parameters:
  - {name: code, parameterType: int, feasibleSpace: {min: "0", max: "9"}}
  trialTemplate:
    primaryContainerName: main
    trialParameters:
    - {name: code, reference: code}
    trialSpec:
      apiVersion: batch/v1
      kind: Job
      spec:
        template:
          spec:
            restartPolicy: Never
            containers:
            - name: main
              image: python
              command: [python3, -u, -c]
              args:
              - |
${source.replace(/^(?=.)/gm, '                ')}`;
}

async function call(argv: readonly string[], options: FakeOptions) {
  const { io, written } = fakeIo(options);
  return { code: await run(argv, io, loadServices()), ...written };
}

const files = { 'e.yaml': experiment() };
const bySource = '{katib-push.io/rewrite: enabled, katib-push.io/capture: source}';

describe('with the real engine', () => {
  it('previews and rewrites', async () => {
    const refused = await call(['dry-run', '-f', 'e.yaml'], { files });
    expect(refused.code).toBe(exitCode.ok);
    expect(refused.stdout).toContain('or add --enable.');
    const dry = await call(['dry-run', '-f', 'e.yaml', '--enable'], { files });
    expect(dry.code).toBe(exitCode.different);
    expect(dry.stdout).toContain('container way  an interpreter is certain to be there');
    const rewritten = await call(['rewrite', '-f', 'e.yaml', '--enable'], { files });
    expect(rewritten.code).toBe(exitCode.ok);
    expect(rewritten.stdout).toContain('name: KATIB_PUSH_SHIM');
    const again = await call(['dry-run', '-f', '-', '--enable'], { stdin: rewritten.stdout });
    expect(again.code).toBe(exitCode.ok);
    const twice = await call(['rewrite', '-f', '-', '--enable'], { stdin: rewritten.stdout });
    expect(twice.stdout).toBe(rewritten.stdout);
  });

  it('previews and rewrites the script where that is asked for', async () => {
    const source = { 'e.yaml': experiment().replace('name: real', `name: real\n  annotations: ${bySource}`) };
    const dry = await call(['dry-run', '-f', 'e.yaml'], { files: source });
    expect(dry.code).toBe(exitCode.different);
    expect(dry.stdout).toContain('+    _katib_push(print)(f"loss=');
    expect(dry.stdout).toContain('source way  the annotation katib-push.io/capture says source');
    const rewritten = await call(['rewrite', '-f', 'e.yaml'], { files: source });
    const twice = await call(['rewrite', '-f', '-'], { stdin: rewritten.stdout });
    expect(twice.stdout).toBe(rewritten.stdout);
  });

  it('reports what its schema describes', async () => {
    const schema = JSON.parse(readFileSync(new URL('../schema/report.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv2020({ strictRequired: false }).compile(schema);
    const dry = await call(['dry-run', '-f', 'e.yaml', '--enable', '-o', 'json'], { files });
    const explained = await call(['explain', '-', '-m', 'loss', '-o', 'json'], { stdin: script });
    for (const { stdout } of [dry, explained]) {
      validate(JSON.parse(stdout));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('runs a trial, and ends with its exit code', async () => {
    const { code, stdout, stderr } = await call(['run', '-f', 'e.yaml'], { files });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: lines`
      loss=1.00
      loss=0.50
      loss=0.33

    `,
    });
    expect(stderr).toContain('▸ loss = 0.33\n');
    expect(stderr).toContain('▸ accuracy = 0.67\n');
    expect(stderr).toMatch(/loss +3 +0\.33 +0\.33 +1\.00/);
    expect(stderr).toMatch(/exit code 0 after \d\.\d s, 6 rows pushed\n$/);
    expect((await call(['run', '-f', 'e.yaml', '--set', 'code=7'], { files })).code).toBe(7);
  });

  it('compares', async () => {
    const { code, stderr } = await call(['run', '--compare', '-f', 'e.yaml', '--set=code=3'], { files });
    expect(stderr).toContain('identical: 6 rows pushed');
    expect(code).toBe(3);
  });

  it('does not call a run identical in which rows of a wanted metric are lost', async () => {
    const child = `import subprocess, sys
print("loss=1", flush=True)
subprocess.run([sys.executable, "-c", "print('accuracy=0.5')"])
sys.exit(\${trialParameters.code})
`;
    const files = { 'e.yaml': experiment(child, '  metricsCollectorSpec: {collector: {kind: Push}}\n') };
    const { code, stderr } = await call(['run', '--compare', '-f', 'e.yaml', '--set=code=0'], { files });
    expect(stderr).toContain('rows lost: 1 row of a wanted metric not pushed; 1 row pushed');
    expect(stderr).toContain('known (not-covered)');
    expect(stderr).not.toContain('identical');
    expect(code).toBe(exitCode.different);
  });

  it('masks line numbers where the prelude took a line of its own', async () => {
    const numbered = `for epoch in range(2):
    import logging
    logging.basicConfig(format="%(filename)s:%(lineno)d %(message)s", level="INFO")
    logging.info("loss=%s", epoch + \${trialParameters.code})
`;
    const files = {
      'e.yaml': experiment(numbered, '  metricsCollectorSpec: {collector: {kind: Push}}\n'),
    };
    const { code, stderr } = await call(['run', '--compare', '-f', 'e.yaml', '--set=code=0'], { files });
    expect(stderr).toContain('identical: 2 rows pushed');
    expect(stderr).toContain('masked: line-numbers');
    expect(code).toBe(0);
  });

  it('runs as it is what it can not rewrite, and says why', async () => {
    const more = '  metricsCollectorSpec: {collector: {kind: Custom}}\n';
    const { code, stdout, stderr } = await call(['run', '-f', 'e.yaml'], {
      files: { 'e.yaml': experiment(script, more) },
    });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: lines`
      loss=1.00
      loss=0.50
      loss=0.33

    `,
    });
    expect(stderr).toContain('not rewritten');
    expect(stderr).toContain('other-collector');
    expect(stderr).toContain('0 rows pushed');
  });

  it('reads the output of what it does not rewrite as Katib would', async () => {
    const colon = 'for epoch in range(3): print("Loss: %d" % epoch)\nprint("${trialParameters.code}")\n';
    const other = '  metricsCollectorSpec: {collector: {kind: Custom}}\n';
    const { code, stderr } = await call(['run', '-f', 'e.yaml'], {
      files: { 'e.yaml': experiment(colon, other) },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('The collector is Custom: Katib does not read the output. As StdOut would');
    expect(stderr).toContain('Katib would find no loss, no accuracy in these 4 lines; 3 name one of them.');
    expect(stderr).toContain("objectiveMetricName: 'Loss'");
    expect(stderr).toContain('# gives 3 rows: Loss = 0, Loss = 1, Loss = 2');
  });

  it('looks for the names that were inferred', async () => {
    const capital = 'print("Loss: 0.5")\nprint("Accuracy: 0.75")\nexit(${trialParameters.code})\n';
    const push = '  metricsCollectorSpec: {collector: {kind: Push}}\n';
    const infers = experiment(capital, push).replace(
      'name: real',
      'name: real\n  annotations: {katib-push.io/formats: infer}',
    );
    const { code, stderr } = await call(['run', '-f', 'e.yaml'], { files: { 'e.yaml': infers } });
    expect(code).toBe(0);
    expect(stderr).toContain('▸ Loss = 0.5');
    expect(stderr).not.toContain('Katib would find');
  });

  it('proposes nothing to a script that reports by itself', async () => {
    // it stands here whether the SDK is installed or not
    const itself = `def show(loss): print("Loss: %s" % loss)
import sys, types
sys.modules["kubeflow"] = sys.modules["kubeflow.katib"] = types.ModuleType("kubeflow")
import kubeflow.katib as katib
show(1)
if "\${trialParameters.code}" == "9": katib.report_metrics({"loss": 1})
`;
    const push = '  metricsCollectorSpec: {collector: {kind: Push}}\n';
    const { stderr } = await call(['run', '-f', 'e.yaml'], { files: { 'e.yaml': experiment(itself, push) } });
    expect(stderr).toContain("No row of loss, accuracy arrived from the script's own reports.");
    expect(stderr).not.toContain('metricsFormat');
  });

  it('says how a script of the image can run here', async () => {
    const image = experiment().replace(/command: .*\n/, 'command: [python3, /opt/no/such.py]\n');
    const { code, stderr } = await call(['run', '-f', 'e.yaml'], { files: { 'e.yaml': image } });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no file /opt/no/such.py here.');
    expect(stderr).toContain('--root FOLDER');
    const program = experiment().replace(/command: .*\n/, 'command: [./no-such.sh]\n');
    const missing = await call(['run', '-f', 'e.yaml'], { files: { 'e.yaml': program } });
    expect(missing.code).toBe(exitCode.badInput);
    expect(missing.stderr).toContain('There is no file ./no-such.sh here.');
    expect(missing.stderr).toContain('--root FOLDER');
  });

  it('says which metric was expected and of which no row came', async () => {
    const never = 'if "${trialParameters.code}" == "x": print("accuracy=1")\nprint("loss=1")\n';
    const { stderr } = await call(['run', '-f', 'e.yaml'], { files: { 'e.yaml': experiment(never) } });
    expect(stderr).toContain('0 rows of accuracy, although line 1 was expected to print it.');
  });

  it('shows what the original prints while it runs, and how long both took', async () => {
    const { stdout, stderr } = await call(['run', '--compare', '-f', 'e.yaml', '--set=code=0'], { files });
    expect(stdout).toBe(lines`
      loss=1.00
      loss=0.50
      loss=0.33

    `);
    expect(stderr).toContain('loss=0.33\n');
    expect(stderr).toMatch(/original \d+\.\d s, rewritten \d+\.\d s/);
  });

  it('calls no run identical that did not start', async () => {
    const source = 'import no_such_module\nprint("loss=${trialParameters.code}")\n';
    const { code, stderr } = await call(['run', '--compare', '-f', 'e.yaml'], {
      files: { 'e.yaml': experiment(source) },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('not compared: the original did not start: Python has no module no_such_module');
    expect(stderr).toContain('python3 -m pip install no_such_module');
    expect(stderr).not.toContain('identical');
  });

  it('ends a run whose time is over', async () => {
    const slow = experiment(
      'import time\nprint("loss=1", flush=True)\ntime.sleep(60)\nprint("${trialParameters.code}")\n',
    );
    const { code, stderr } = await call(['run', '-f', 'e', '--timeout', '1'], { files: { e: slow } });
    expect(code).toBe(exitCode.timedOut);
    expect(stderr).toMatch(/timed out after \d+\.\d s/);
    const compared = await call(['run', '--compare', '-f', 'e', '--timeout', '1'], { files: { e: slow } });
    expect(compared.code).toBe(exitCode.timedOut);
    expect(compared.stderr).toContain('not compared: the time was over after 1 s');
  });

  it.each([[], ['--compare']])('ends the training when it is interrupted', async (...more) => {
    const slow = experiment(
      'import time\nprint("loss=1", flush=True)\ntime.sleep(60)\nprint("${trialParameters.code}")\n',
    );
    const { io, written, stop } = fakeIo({ files: { e: slow } });
    const ended = run(['run', '-f', 'e', ...more], io);
    await expect.poll(() => written.stderr).toMatch(more.length > 0 ? /original/ : /▸ loss = 1/);
    stop('SIGINT');
    expect(await ended).toBe(130);
    expect(written.stderr).toContain('interrupted: SIGINT has ended the run.');
  });

  it('says what can not be run', async () => {
    const noCommand = experiment().replace(/ +command:.*\n/, '');
    expect((await call(['run', '-f', 'e'], { files: { e: noCommand } })).code).toBe(exitCode.badInput);
    const unknown = await call(['run', '-f', 'e.yaml', '--set', 'lr=1'], { files });
    expect(unknown.code).toBe(exitCode.badInput);
    expect(unknown.stderr).toContain('error usage: The Experiment has no parameter lr');
    const two = await call(['run', '-f', '-'], { stdin: `${experiment()}\n---\n${experiment()}` });
    expect(two.stderr).toContain('run takes one Experiment; these are 2: experiment/real, experiment/real.');
  });

  it('explains a script', async () => {
    const { code, stdout } = await call(['explain', 'dir/train.py', '-m', 'loss'], {
      files: {
        'dir/train.py': lines`
        loss = 1
        print(f"loss={loss}")
        print("done")

      `,
      },
    });
    expect(code).toBe(exitCode.ok);
    expect(stdout).toContain('dir/train.py › python (train.py)\n');
    expect(stdout).toContain('+_katib_push(print)(f"loss={loss}")');
    expect(stdout).toContain('1 of 2 output statements would be rewritten.');
  });

  it.each([
    ['x.pas', 'writeln', /unknown-language/],
    ['x.py', 'print "loss=1"\n', /old-syntax/],
    ['x.py', 'def f(:\n', /syntax-error/],
    ['x.py', '\0\0', /./],
  ])('explains %s: %j', async (name, text, expected) => {
    const { code, stdout, stderr } = await call(['explain', name, '-m', 'loss'], { files: { [name]: text } });
    expect(stdout + stderr).toMatch(expected);
    expect(stdout + stderr).not.toMatch(/internal-error|\.[tj]s:\d/);
    expect([0, 2]).toContain(code);
  });

  it('explains a script of 1 MiB', async () => {
    const text = `print("loss=1")\n${'x = 1\n'.repeat(170_000)}`;
    const { code, stdout } = await call(['explain', 'x.py', '-m', 'loss'], { files: { 'x.py': text } });
    expect(code).toBe(exitCode.ok);
    expect(stdout).toContain('1 of 1 output statement would be rewritten.');
  });

  it('refuses a hostile filter', async () => {
    const argv = ['explain', '-', '-m', 'lo\'ss"`$(x)', '--format', '((a+)+b'];
    const { code, stderr } = await call(argv, { stdin: 'print("x")\n' });
    expect(code).toBe(exitCode.badInput);
    expect(stderr).toContain('error invalid-filter');
  });

  it('survives any value at any place', async () => {
    const values = [
      'null',
      '5',
      '""',
      '"${x}"',
      '[]',
      '{}',
      '[[1]]',
      '"\\ud800"',
      '"\\0"',
      'true',
      '{a: {b: c}}',
    ];
    const text = experiment();
    const lines = text.split('\n');
    for (const [i, line] of lines.entries()) {
      const key = /^( *(?:- )?[\w]+):/.exec(line)?.[1];
      if (key === undefined) continue;
      const depth = key.search(/[\w-]/);
      let end = i + 1;
      while (end < lines.length && /^ *(- )?/.exec(lines[end] as string)![0].length > depth) end++;
      for (const value of values) {
        const mutated = [...lines.slice(0, i), `${key}: ${value}`, ...lines.slice(end)].join('\n');
        const { code, stdout, stderr } = await call(['rewrite', '-f', '-', '--enable'], { stdin: mutated });
        expect(stderr, mutated).not.toMatch(/internal-error/);
        expect([0, 2]).toContain(code);
        if (!/rewritten/.test(stderr)) expect(stdout).toBe(mutated);
      }
    }
  });
});

describe('db-manager', () => {
  it('serves until it is interrupted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'katib-push-'));
    const database = join(folder, 'rows.sqlite');
    const { io, written, stop } = fakeIo();
    const ended = run(['db-manager', '--port', '0', '--database', database], io);
    await expect.poll(() => written.stderr).toContain('DB manager at 127.0.0.1:');
    stop('SIGTERM');
    expect(await ended).toBe(exitCode.ok);
    expect(written.stderr).toContain('SIGTERM: closed after 0 rows of 0 trials.');
    expect((await readFile(database)).subarray(0, 6).toString()).toBe('SQLite');
    await rm(folder, { recursive: true });
  });

  it('says when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await call(['db-manager', '--port', String(port)], {});
    server.close();
    expect(code).toBe(exitCode.badInput);
    expect(stderr).toContain('error server-failed: ');
  });
});
