import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate } from './conformance/certificate.ts';
import { manager, python } from './push.ts';
import { pushEnv, runPython } from './python.ts';

const CLIENT = fileURLToPath(new URL('../../packages/languages/python/client', import.meta.url));
const VENV = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'katib-push-'));
const site = join(folder, 'site');
const run = promisify(execFile);

/** Installed as users do it, without the network: the venv has setuptools. */
beforeAll(async () => {
  cpSync(CLIENT, join(folder, 'source'), { recursive: true });
  const options = ['--no-build-isolation', '--no-deps', '--no-index', '--disable-pip-version-check'];
  await run(VENV, ['-m', 'pip', 'install', '-q', ...options, '--target', site, join(folder, 'source')]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let trials = 0;

/** Runs a program that imports the installed module; `prelude` stands in front. */
async function use(script: string, env: Readonly<Record<string, string>> = {}, interpreter = python) {
  const trial = `package-${++trials}`;
  const { KATIB_PUSH_PYTHON: _, KATIB_PUSH_CONFIG: __, ...given } = pushEnv(trial, manager.address);
  const outcome = await runPython({
    python: interpreter,
    script,
    env: { ...given, PYTHONPATH: site, ...env },
  });
  const rows = manager.observations(trial);
  return {
    ...outcome,
    rows: rows.map(({ name, value }) => `${name}=${value}`),
    times: rows.map(({ time }) => time),
  };
}

describe('as a package', () => {
  it('is installed as a package with types: the parts that are injected, and what only it has', () => {
    const installed = join(site, 'katib_push');
    const parts = readdirSync(join(CLIENT, 'parts'));
    expect(parts).toContain('py.typed');
    expect(readdirSync(installed).filter((name) => name !== '__pycache__')).toEqual(parts);
    for (const name of parts)
      expect(readFileSync(join(installed, name), 'utf8')).toBe(
        readFileSync(join(CLIENT, 'parts', name), 'utf8'),
      );
  });

  it('is what image delivery binds', async () => {
    const { rows, stderr } = await use(
      `exec("try:__import__('katib_push').bind(globals(),'_katib_push')%cexcept Exception:pass"%10)
_katib_push(print)("loss=0.5")
import katib_push
katib_push.report_metrics({"accuracy": 1})
_katib_push(print)("loss=tensor(0.25)")
`,
      { KATIB_PUSH_CONFIG: '{"metrics":["loss"]}' },
    );
    expect({ rows, stderr }).toEqual({ rows: ['loss=0.5', 'accuracy=1', 'loss=0.25'], stderr: '' });
  });
});

describe('katib-push-exec', () => {
  const command = join(site, 'bin/katib-push-exec');
  const words = ['sh', '-c', 'echo loss=0.5 "$1" $PYTHONPATH; exit 3', 'sh', 'a  b'];

  /** Runs the installed command; it ends with the words' code. */
  async function exec(args: readonly string[], env: Readonly<Record<string, string>>) {
    const trial = `package-${++trials}`;
    const { KATIB_PUSH_PYTHON: _, ...settings } = pushEnv(trial, manager.address);
    const ended = await run(command, [...args], {
      env: { PATH: process.env.PATH, LANG: 'C', PYTHONPATH: site, ...settings, ...env },
    }).catch((error) => error);
    const rows = manager.observations(trial).map(({ name, value }) => `${name}=${value}`);
    return { code: ended.code, stdout: ended.stdout, stderr: ended.stderr, rows };
  }

  it('runs words under the shim, with or without --', async () => {
    for (const args of [['--', ...words], words]) {
      expect(await exec(args, {})).toEqual({
        code: 3,
        stdout: `loss=0.5 a  b ${site}\n`,
        stderr: '',
        rows: ['loss=0.5'],
      });
    }
  });

  it('runs them as they are where nothing is set', async () => {
    const { code, stdout, stderr, rows } = await exec(['--', ...words], { KATIB_PUSH_CONFIG: '{}' });
    expect({ code, stdout, stderr, rows }).toEqual({
      code: 3,
      stdout: `loss=0.5 a  b ${site}\n`,
      stderr: '',
      rows: [],
    });
    const env = { KATIB_TRIAL_NAME: '', KATIB_PUSH_TRIAL_NAME: '' };
    expect(await exec(['--', 'sh', '-c', 'env; exit 4'], env)).toMatchObject({ code: 4, rows: [] });
  });

  it('adds nothing to the environment, and takes its own settings out of it', async () => {
    const { stdout } = await exec(['env'], {});
    const names = stdout.split('\n').map((line: string) => line.split('=')[0]);
    expect(names.filter(Boolean).toSorted()).toEqual([
      'KATIB_DB_MANAGER_ADDRESS',
      'KATIB_TRIAL_NAME',
      'LANG',
      'PATH',
      'PYTHONPATH',
    ]);
  });

  it('says how it is called where there are no words', async () => {
    const { code, stderr } = await exec(['--'], {});
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'usage: katib-push-exec -- COMMAND [ARGUMENT]...\n',
    });
  });
});

describe('report_metrics', () => {
  it("takes what the SDK's function takes, in order, with times that increase", async () => {
    const { rows, times, stderr } = await use(`
from katib_push import report_metrics
class Tensor:
    def __float__(self): return 0.25
    def __str__(self): return "tensor(0.25, device='cuda:0')"
assert report_metrics({"loss": 0.5, "accuracy": "91.20"}) is None
report_metrics({"loss": Tensor()}, "elsewhere:1", 120)
report_metrics(metrics={"loss": 3}, timestamp=0)
`);
    expect({ rows, stderr }).toEqual({
      rows: ['loss=0.5', 'accuracy=91.20', 'loss=0.25', 'loss=3'],
      stderr: '',
    });
    expect(new Set(times).size).toBe(4);
  });

  it('sends to the address that is given', async () => {
    const { rows } = await use(
      `import katib_push; katib_push.report_metrics({"loss": 1}, db_manager_address="${manager.address}")`,
      { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1' },
    );
    expect(rows).toEqual(['loss=1']);
  });

  it('does not wait: a server that is not there costs nothing before the exit', async () => {
    const { stdout, stderr, code } = await use(
      `
import katib_push, time
began = time.monotonic()
for i in range(1000): katib_push.report_metrics({"loss": i})
print(time.monotonic() - began < 5)
`,
      { KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1', KATIB_PUSH_FLUSH_TIMEOUT: '0.5' },
    );
    expect({ stdout, code }).toEqual({ stdout: 'True\n', code: 0 });
    expect(stderr).toMatch(/^katib-push: 1000 observations did not reach .*: 1000 are in /);
  });

  it.each([
    ['no number', '{"loss": 1, "accuracy": "good"}', {}, /accuracy/],
    ['no trial', '{"loss": 1}', { KATIB_TRIAL_NAME: '' }, /KATIB_TRIAL_NAME/],
  ])('%s: a ValueError, and nothing is pushed', async (_, metrics, env, says) => {
    const { rows, stdout } = await use(
      `
import katib_push
try: katib_push.report_metrics(${metrics})
except ValueError as e: print(e)
`,
      env,
    );
    expect(rows).toEqual([]);
    expect(stdout).toMatch(says);
  });

  it('of what is not finite, and of other ranks, pushes nothing', async () => {
    const script =
      'import katib_push\nkatib_push.report_metrics({"loss": float("nan"), "accuracy": 1})\nkatib_push.report_metrics({"loss": -float("inf")})';
    const { rows, stderr } = await use(script);
    expect(rows).toEqual(['accuracy=1']);
    expect(stderr).toBe('katib-push: 2 values are not pushed: no finite numbers (first: loss=nan)\n');
    expect((await use(script, { KATIB_PUSH_NON_FINITE: 'push' })).rows).toEqual([
      'loss=nan',
      'accuracy=1',
      'loss=-inf',
    ]);
    expect((await use(script, { KATIB_PUSH_RANK: '0', RANK: '1' })).rows).toEqual([]);
  });

  it('from children of multiprocessing', async () => {
    const { rows } = await use(`
import multiprocessing, katib_push
def work(n): katib_push.report_metrics({"loss": n})
if __name__ == "__main__":
    for method in "fork", "spawn":
        child = multiprocessing.get_context(method).Process(target=work, args=(len(method),))
        child.start(); child.join()
`);
    expect(rows).toEqual(['loss=4', 'loss=5']);
  });
});

describe('tune', () => {
  const FAKE = `
import json, sys
from kubeflow.katib import KatibClient, search
from kubernetes import client as k8s
import katib_push
class Client(KatibClient):
    def __init__(self): self.namespace = "here"
    outcome = "rewritten: pushes accuracy"
    def create_experiment(self, experiment, namespace=None):
        self.__class__.created = experiment
        print(json.dumps(k8s.ApiClient().sanitize_for_serialization(experiment)))
    def get_experiment(self, name, namespace=None):
        assert name == self.created.metadata.name
        if self.outcome: self.created.metadata.annotations["katib-push.io/outcome"] = self.outcome
        return self.created
def objective(parameters): print(f"accuracy={parameters['lr']}")
mine = Client()
options = dict(objective=objective, parameters={"lr": search.double(min=0.1, max=0.2)}, objective_metric_name="accuracy")
`;

  it.each([
    ['pull', '', 'StdOut', undefined],
    ['pull', ', metrics_collection_mechanism="pull"', 'StdOut', undefined],
    ['push', ', metrics_collection_mechanism="push"', 'Push', { 'katib-push.io/rewrite': 'enabled' }],
  ])('%s', async (_, mechanism, kind, annotations) => {
    const { stdout, stderr } = await use(
      `${FAKE}katib_push.tune(mine, "tuned", **options${mechanism})\nassert "create_experiment" not in mine.__dict__`,
      {},
      VENV,
    );
    expect(stderr).toBe('');
    const [object = '', ...said] = stdout.trimEnd().split('\n');
    expect(said).toEqual(kind === 'Push' ? ['katib-push: rewritten: pushes accuracy'] : []);
    const experiment = JSON.parse(object);
    expect(experiment.metadata.annotations).toEqual(annotations);
    expect(experiment.spec.metricsCollectorSpec.collector.kind).toBe(kind);
    expect(experiment.metadata.name).toBe('tuned');
  });

  it.each([
    ['""', 'nobody has reviewed experiment tuned: katib-push does not run in the cluster'],
    [
      '"unchanged (metric-not-read): accuracy is not read."',
      'unchanged (metric-not-read): accuracy is not read.',
    ],
  ])('says what was not done, as a warning or an exception: %s', async (outcome, text) => {
    const call = 'katib_push.tune(mine, "tuned", metrics_collection_mechanism="push", **options';
    const { stdout, stderr } = await use(
      `${FAKE}
Client.outcome = ${outcome}
${call})
try: ${call}, if_not_pushed="raise")
except RuntimeError as e: print("raised", e)
`,
      {},
      VENV,
    );
    expect(stderr).toContain(`UserWarning: katib-push: ${text}`);
    expect(stdout).toContain(`raised ${text}`);
  });

  it('refuses what has no meaning, and says the way out', async () => {
    const { stdout } = await use(
      `${FAKE}
for more in (dict(metrics_collection_mechanism="pushed"), dict(metrics_collection_mechanism="push", objective=None),
             dict(metrics_collection_mechanism="push", metrics_collector_config={"kind": "StdOut"})):
    try: katib_push.tune(mine, "tuned", **{**options, **more})
    except ValueError as e: print(e)
`,
      {},
      VENV,
    );
    expect(stdout.split('\n')).toEqual([
      "metrics_collection_mechanism is 'pushed'; it has to be 'pull' or 'push'",
      expect.stringContaining('needs an objective function'),
      expect.stringContaining('leave that out'),
      '',
    ]);
  });
});

describe("Kubeflow Trainer's status", () => {
  /** An HTTPS double of the endpoint: it keeps what it is sent, and answers what a test says. */
  async function startTrainer(answers: readonly number[] = []) {
    const seen: { path: string; token: string; metrics: Record<string, string>; at: number }[] = [];
    const server = createServer(await certificate(), async (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { trainerStatus } = JSON.parse(Buffer.concat(chunks).toString());
      expect(trainerStatus.lastUpdatedTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      seen.push({
        path: `${request.method} ${request.url}`,
        token: request.headers.authorization ?? '',
        metrics: Object.fromEntries(
          trainerStatus.metrics.map(({ name, value }: { name: string; value: string }) => [name, value]),
        ),
        at: performance.now(),
      });
      writeFileSync(join(folder, 'updates'), '.'.repeat(seen.length));
      response.writeHead(answers[seen.length - 1] ?? 200).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    writeFileSync(join(folder, 'ca.crt'), (await certificate()).cert);
    writeFileSync(join(folder, 'token'), 'first\n');
    writeFileSync(join(folder, 'updates'), '');
    const env = {
      KATIB_TRIAL_NAME: '',
      KUBEFLOW_TRAINER_SERVER_URL: `https://127.0.0.1:${(server.address() as AddressInfo).port}/apis/t/status`,
      KUBEFLOW_TRAINER_SERVER_CA_CERT: join(folder, 'ca.crt'),
      KUBEFLOW_TRAINER_SERVER_TOKEN: join(folder, 'token'),
      KATIB_PUSH_CONFIG: '{"metrics":["loss","accuracy"]}',
    };
    return { seen, env, close: () => server.close() };
  }

  it('gets the latest values, at most one update in 5 s, a last one at the end; the token is read anew', async () => {
    const { seen, env, close } = await startTrainer();
    const { code, stderr } = await use(
      `
import katib_push, time
def until(count):
    while len(open("${join(folder, 'updates')}").read()) < count: time.sleep(0.01)
katib_push.bind(globals(), "_katib_push")
_katib_push(print)("loss=1")
until(1)
with open("${join(folder, 'token')}", "w") as file: file.write("second")
for i in range(500): _katib_push(print)("loss=%d accuracy=0.5" % i)
katib_push.report_metrics({"f1": 0.75})
until(2)
_katib_push(print)("loss=2")
`,
      env,
    );
    close();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(seen.map(({ metrics }) => metrics)).toEqual([
      { loss: '1' },
      { loss: '499', accuracy: '0.5', f1: '0.75' },
      { loss: '2' },
    ]);
    expect(seen.map(({ token }) => token)).toEqual(['Bearer first', 'Bearer second', 'Bearer second']);
    expect(seen[0]?.path).toBe('POST /apis/t/status');
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(4500);
  });

  it('is busy: the last update is made again at the end', async () => {
    const { seen, env, close } = await startTrainer([503]);
    const { stderr } = await use(
      'import katib_push; katib_push.bind(globals(), "_katib_push"); _katib_push(print)("loss=1")',
      env,
    );
    close();
    expect(stderr).toBe('');
    expect(seen.map(({ metrics }) => metrics)).toEqual([{ loss: '1' }, { loss: '1' }]);
  });

  it('refuses: one line says what is lost', async () => {
    const { env, close } = await startTrainer([404, 404]);
    const { stderr, code } = await use(
      'import katib_push; katib_push.bind(globals(), "_katib_push"); _katib_push(print)("loss=1")',
      env,
    );
    close();
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^katib-push: 1 observations did not reach https:\S+status \(HTTP status 404\): 1 are lost\n$/,
    );
  });

  it('is not told of a trial', async () => {
    const { seen, env, close } = await startTrainer();
    const { rows } = await use(
      'import katib_push; katib_push.bind(globals(), "_katib_push"); _katib_push(print)("loss=1")',
      { ...env, KATIB_TRIAL_NAME: `package-${trials + 1}` },
    );
    close();
    expect({ rows, seen }).toEqual({ rows: ['loss=1'], seen: [] });
  });
});
