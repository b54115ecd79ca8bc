import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startDbManager } from '@katib-push/db-manager';
import { createAdmissionPolicy } from '@katib-push/katib';
import { expect, test } from 'vitest';
import { evaluatePolicy, type Stored } from './evaluate-policy.ts';
import { variant } from './fixture-trials.ts';

const lines = ['accuracy=0.5', 'loss=2', 'accuracy=0.75', 'other=1'];

test.each(['live', 'success'])('the words run as before, and push what they print: %s', async (deliver) => {
  const manager = await startDbManager();
  const given = variant('captured-image-script', ({ metadata }, container) => {
    metadata.labels['katib-push.io/deliver'] = deliver;
    container.command = ['sh', '-c', `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}`];
  });
  const { trial } = evaluatePolicy(createAdmissionPolicy({ address: manager.address }), given) as Stored;
  const { command, env } = trial.spec.runSpec.spec.template.spec.containers[0];
  // as the kubelet hands it on, and with what Katib appends
  const variables = env.map(({ name, value }: Stored) => [name, value.replaceAll('$$', '$')]);
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env: { ...process.env, ...Object.fromEntries(variables), KATIB_TRIAL_NAME: `policy-${deliver}` },
  });
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect({ printed, complaints, code }).toEqual({
    printed: `${lines.join('\n')}\n`,
    complaints: '',
    code: 0,
  });
  const rows = manager.observations(`policy-${deliver}`).map(({ name, value }) => `${name}=${value}`);
  await manager.close();
  expect(rows).toEqual(['accuracy=0.5', 'loss=2', 'accuracy=0.75']);
});
