import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { certificate } from '../conformance/certificate.ts';
import { INSTALLED, runJavaScript } from './javascript.ts';
import { nodes } from './nodes.ts';

const require = createRequire(import.meta.url);
const client = join(import.meta.dirname, '../../../packages/languages/javascript/client');
const { createTrainer } = require(join(client, 'package/trainer.js'));
const parts = require(join(client, 'parts/wait-for.js'));

interface Update {
  readonly at: number;
  readonly token: string | undefined;
  readonly metrics: string[];
  readonly time: string;
  readonly type: string | undefined;
}

/** Kubeflow Trainer's status endpoint; `status` answers each update. */
async function startTrainer(status: (update: number) => number = () => 200) {
  const updates: Update[] = [];
  let told: (() => void) | undefined;
  const server = createServer(await certificate(), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { trainerStatus } = JSON.parse(Buffer.concat(chunks).toString());
      updates.push({
        at: performance.now(),
        token: request.headers.authorization,
        type: request.headers['content-type'],
        metrics: trainerStatus.metrics.map((m: { name: string; value: string }) => `${m.name}=${m.value}`),
        time: trainerStatus.lastUpdatedTime,
      });
      told?.();
      response.writeHead(request.method === 'POST' ? status(updates.length) : 405).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}/apis/trainer.kubeflow.org/v1alpha1/namespaces/n/trainjobs/j/status`;
  /** Writes a dot for each update into the file `updates` of the program's folder. */
  const follow = (folder: string): void => {
    told = () => writeFileSync(join(folder, 'updates'), '.'.repeat(updates.length));
  };
  return { url, updates, follow, close: () => server.close() };
}

const PRELUDE = `let _katib_push=f=>f;require('@katib-push/client').bind({bind:f=>{_katib_push=f}});const { reportMetrics } = require('@katib-push/client');\n`;

/** Defines `until(count, then)`: `then` is called when the endpoint has so many updates. */
const UNTIL = `const until = (count, then) => { const { readFileSync } = require('fs'); const t = setInterval(() => { if (readFileSync('updates', 'utf8').length >= count) { clearInterval(t); then(); } }, 10); };`;

async function train(
  { url, follow }: Pick<Awaited<ReturnType<typeof startTrainer>>, 'url' | 'follow'>,
  script: string,
  env: Readonly<Record<string, string>> = {},
  node?: string,
) {
  const files = {
    ...INSTALLED,
    token: 'first\n',
    updates: '',
    'ca.crt': (await certificate()).cert,
  };
  return await runJavaScript(
    { prelude: PRELUDE, script, files, onStart: follow, ...(node ? { node } : {}) },
    {
      KUBEFLOW_TRAINER_SERVER_URL: url,
      KUBEFLOW_TRAINER_SERVER_CA_CERT: 'ca.crt',
      KUBEFLOW_TRAINER_SERVER_TOKEN: 'token',
      KATIB_PUSH_CONFIG: '{"metrics":["loss"]}',
      ...env,
    },
  );
}

describe("Kubeflow Trainer's status endpoint", () => {
  it.each([...nodes()])('gets the latest values at once and at the end, on Node %s', async (_, node) => {
    const trainer = await startTrainer();
    const { code, stderr } = await train(
      trainer,
      `${UNTIL} _katib_push(console).log('loss=1'); until(1, () => { for (let i = 2; i < 9; i++) _katib_push(console).log('loss=' + i); reportMetrics({ auc: 0.5 }); process.exitCode = 3; })`,
      {},
      node,
    );
    trainer.close();
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(trainer.updates.map(({ metrics }) => metrics)).toEqual([['loss=1'], ['loss=8', 'auc=0.5']]);
    expect(trainer.updates[0]).toMatchObject({ token: 'Bearer first', type: 'application/json' });
    expect(trainer.updates[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('is told at most once in 5 s, with a token that is read each time', async () => {
    const trainer = await startTrainer();
    await train(
      trainer,
      `${UNTIL} const say = (loss) => _katib_push(console).log('loss=' + loss); say(0); until(1, () => { require('fs').writeFileSync('token', 'second'); for (let i = 1; i < 50; i++) say(i); until(2, () => say(60)); })`,
    );
    trainer.close();
    const [first, second, ...rest] = trainer.updates;
    expect([first?.token, second?.token]).toEqual(['Bearer first', 'Bearer second']);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(4500);
    expect([second?.metrics, ...rest.map(({ metrics }) => metrics)]).toEqual([['loss=49'], ['loss=60']]);
  });

  it('that is busy, or has no valid token yet, is told again', async () => {
    const trainer = await startTrainer((update) => [503, 401, 200][update - 1] ?? 200);
    const { stderr } = await train(trainer, `_katib_push(console).log('loss=1')`);
    trainer.close();
    expect(trainer.updates.map(({ metrics }) => metrics)).toEqual([['loss=1'], ['loss=1'], ['loss=1']]);
    expect(stderr).toBe('');
  });

  it('that refuses: what it was not told is counted', async () => {
    const trainer = await startTrainer(() => 422);
    const { stderr, code, spilled } = await train(trainer, `_katib_push(console).log('loss=1')`, {
      KATIB_PUSH_ON_FAILURE: 'fail',
    });
    trainer.close();
    expect(stderr).toBe(
      `katib-push: 1 observations did not reach ${trainer.url} (HTTP status 422): 1 are lost\n`,
    );
    expect({ code, spilled }).toEqual({ code: 75, spilled: undefined });
  });

  it('with a certificate that nobody vouches for gets nothing', async () => {
    const trainer = await startTrainer();
    const { stderr, code } = await train(trainer, `_katib_push(console).log('loss=1')`, {
      KUBEFLOW_TRAINER_SERVER_CA_CERT: '',
      KATIB_PUSH_FLUSH_TIMEOUT: '5',
    });
    trainer.close();
    expect(trainer.updates).toEqual([]);
    expect(stderr).toMatch(/self.signed certificate.*: 1 are lost\n$/);
    expect(code).toBe(0);
  });

  it('is sent nothing before it has shown whom it is', async () => {
    const written: string[] = [];
    const request = Object.assign(new EventEmitter(), { end: (body: string) => written.push(body) });
    const socket = new EventEmitter();
    const trainer = createTrainer(parts, {
      require: (name: string) => (name === 'node:https' ? { request: () => request } : require(name)),
      setup: { trainer: { address: 'https://trainer/status' } },
      account: {},
      queue: { rows: [], shift: () => [] },
      deadline: () => Number.POSITIVE_INFINITY,
      isEnding: () => true,
    });
    const row = { time_stamp: '2026-01-01T00:00:00Z', metric: { name: 'loss', value: '1' } };
    const sent = trainer.send({ rows: [JSON.stringify(row)] });
    request.emit('socket', socket);
    await setImmediate();
    expect(written).toEqual([]);
    socket.emit('secureConnect');
    await setImmediate();
    expect(written).toEqual([expect.stringContaining('"loss"')]);
    request.emit('response', { statusCode: 200, resume: () => {} });
    expect(await sent).toBe(0);
  });

  it('is not told where there is a trial', async () => {
    const trainer = await startTrainer();
    const { stderr } = await train(trainer, `_katib_push(console).log('loss=1')`, {
      KATIB_TRIAL_NAME: 't',
      KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
      KATIB_PUSH_FLUSH_TIMEOUT: '0.2',
    });
    trainer.close();
    expect(trainer.updates).toEqual([]);
    expect(stderr).toContain('did not reach 127.0.0.1:1 ');
  });
});
