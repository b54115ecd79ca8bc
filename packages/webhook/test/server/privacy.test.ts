import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { createAdmissionHandler } from '@katib-push/webhook';
import { expect, it } from 'vitest';
import { reviewOf, sdkExperiment } from './reviews.ts';
import { send } from './send.ts';
import { allowAll, startServer, temporaryFolder } from './start-server.ts';

const canary = 'c4n4ry';

/** A review with canaries in script, environment, user, annotations and options. */
function canaryReview(change: (script: string) => string, operation = 'CREATE') {
  const experiment = sdkExperiment() as {
    metadata: { annotations: Record<string, string> };
    spec: {
      trialTemplate: {
        trialSpec: { spec: { template: { spec: { containers: Record<string, unknown>[] } } } };
      };
    };
  };
  const [container = {}] = experiment.spec.trialTemplate.trialSpec.spec.template.spec.containers;
  container.args = (container.args as string[]).map((script) => change(`# ${canary}\n${script}`));
  container.env = [{ name: 'TOKEN', value: `${canary}-env` }];
  experiment.metadata.annotations = { ...experiment.metadata.annotations, note: `${canary}-annotation` };
  return JSON.stringify(
    reviewOf(experiment as never, {
      operation,
      oldObject: operation === 'UPDATE' ? experiment : null,
      userInfo: { username: `${canary}-user`, groups: [`${canary}-group`], extra: { token: [canary] } },
    }),
  );
}

const same = (script: string): string => script;

it('keeps scripts, environments and users out of logs and metrics, whatever happens', async () => {
  const { port, log, admin, server } = await startServer({
    logLevel: 'trace',
    strict: true,
    rewriteTimeout: 30_000,
    createHandler: createAdmissionHandler,
  });
  const headers = { authorization: `Bearer ${canary}`, 'x-remote-user': canary, cookie: `a=${canary}` };
  const whole = canaryReview(same);
  expect(JSON.parse((await send(port, whole, { headers })).text).response.patch).toBeDefined();
  for (const body of [
    canaryReview(same, 'UPDATE'),
    canaryReview(same, 'DELETE'),
    canaryReview(same, canary),
    whole.replace(/"uid":"[^"]+"/, `"uid":"${canary} ${canary}"`),
    whole.replace(/"name":"tune-print-enabled"/g, `"name":"${canary}\\n"`),
    canaryReview((script) => script.replace('def train', `def ${canary}(`)), // can't be parsed
    canaryReview((script) => script.replaceAll('print', canary)),
    canaryReview(same).replace('"objectiveMetricName":"loss"', `"objectiveMetricName":["${canary}"]`),
    whole.slice(0, -9), // V8's message about this one quotes the text
    whole.replace('"request":', `${canary} "request":`),
    `"${canary}"`,
    JSON.stringify({ request: { uid: '', object: canary } }),
    Buffer.concat([Buffer.from(whole), Buffer.from([0xff, 0xfe])]),
    `${whole}${' '.repeat(8 * 1_048_576)}`,
  ]) {
    await send(port, body, { headers });
  }
  await send(port, whole, { path: `/mutate/${canary}` });
  await send(port, whole, { path: `/%${canary}` });
  await send(port, whole, { path: `/mutate?timeout=${canary}` });
  await send(port, whole, { method: 'PUT' });
  await send(port, whole, { headers: { 'content-type': `text/${canary}` } });
  await send(port, whole, { headers: { 'content-encoding': canary } });
  for (const broken of [
    `POST /${canary}`,
    `${canary}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\n${canary}: ${canary.repeat(5000)}\r\n\r\n`,
  ]) {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: canary });
    await once(socket, 'secureConnect');
    socket.end(broken);
    await text(socket).catch(() => '');
  }
  const metrics = (await admin('/metrics')).text;
  await server.close();
  expect(log.length).toBeGreaterThan(15);
  expect(JSON.stringify(log)).not.toMatch(new RegExp(canary, 'i'));
  expect(metrics).not.toMatch(new RegExp(canary, 'i'));
});

it('keeps what a failing handler says out of logs and answers', async () => {
  const failures = [
    new Error(`${canary}\n    at ${canary} (file:///x.js)`),
    Object.assign(new Error(canary), { statusCode: 400 }),
    Object.assign(new TypeError(canary), { stack: `TypeError: ${canary}` }),
    canary,
    { message: canary },
    undefined,
  ];
  const createHandler = () =>
    Object.assign(() => Promise.reject(failures.shift()), {
      ready: async () => undefined,
      close: async () => undefined,
    });
  const { port, log } = await startServer({ logLevel: 'trace', createHandler });
  for (const _failure of [...failures]) {
    const { status, text: answer } = await send(port);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(answer).not.toContain(canary);
  }
  expect(log.filter(({ level }) => level === 'error').length).toBeGreaterThanOrEqual(4);
  expect(JSON.stringify(log)).not.toContain(canary);
});

it('keeps what is in the files of certificates out of the log', async () => {
  const folder = await temporaryFolder();
  const files = { tlsCertificate: join(folder, 'tls.crt'), tlsKey: join(folder, 'tls.key') };
  await writeFile(
    files.tlsCertificate,
    `-----BEGIN CERTIFICATE-----\n${canary}\n-----END CERTIFICATE-----\n`,
  );
  await writeFile(files.tlsKey, `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`);
  const { log } = await startServer({ ...files, logLevel: 'trace', createHandler: allowAll });
  expect(log[1]).toMatchObject({ level: 'error', msg: 'there is no certificate' });
  expect(JSON.stringify(log)).not.toContain(canary);
});
