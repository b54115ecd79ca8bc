import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCases } from '../../cases/read-cases.ts';
import { registerOurWebhook, renewCertificate, startOurWebhook } from '../control-plane/our-webhook.ts';
import type { Report } from '../report/check.ts';
import { freePort } from '../stack/stack.ts';
import { experiments, PLAIN, placed, REWRITTEN, type Stored, type World } from './world.ts';

const OURS = 'katib-push-webhook';
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const AGAINST = 'the API server';

/** An Experiment that is rewritten. */
const sampled = readCases().find(({ expect }) => expect === 'rewritten')!;
const isRewritten = (stored: Stored) => stored.metadata?.annotations?.['katib-push.io/record'] !== undefined;

/** Our webhook away, hanging, strict, and with certificates that are renewed under load. */
export async function checkWebhookFaults(world: World, report: Report): Promise<void> {
  const { kube, stack, webhook } = world;
  const create = async (name: string) => {
    const began = performance.now();
    const answer = await kube.call(
      'POST',
      `${experiments(REWRITTEN)}?dryRun=All`,
      placed(sampled.experiment, REWRITTEN, name),
    );
    return { ...answer, seconds: (performance.now() - began) / 1000 };
  };

  const nobody = await freePort();
  await registerOurWebhook(kube, { ...webhook, port: nobody }, OURS);
  const away = await create('away');
  report({
    what: 'the webhook is down',
    against: AGAINST,
    found: `${away.status}, unchanged, ${away.seconds.toFixed(1)} s`,
    wrong: away.status === 201 && !isRewritten(away.body) ? [] : [JSON.stringify(away.body)],
  });

  await registerOurWebhook(kube, { ...webhook, port: nobody }, OURS, { failurePolicy: 'Fail' });
  const strict = await create('strict');
  report({
    what: 'the webhook is down, and strict',
    against: AGAINST,
    found: `${strict.status}: ${String(strict.body.message).slice(0, 60)}…`,
    wrong: strict.status >= 500 ? [] : [JSON.stringify(strict.body)],
  });

  const silent = await listenSilently();
  await registerOurWebhook(kube, { ...webhook, port: silent.port }, OURS);
  const hung = await create('hung');
  silent.server.close();
  report({
    what: 'the webhook hangs',
    against: AGAINST,
    found: `${hung.status}, unchanged, ${hung.seconds.toFixed(1)} s: one timeout for each of the two calls`,
    wrong:
      hung.status === 201 && !isRewritten(hung.body) && hung.seconds < 12
        ? []
        : [`${hung.seconds} s: ${hung.body.message}`],
  });

  const rotated = await startOurWebhook(stack);
  await registerOurWebhook(kube, rotated, OURS);
  let [created, rewritten] = [0, 0];
  let rotating = true;
  const load = Array.from({ length: 8 }, async (_, worker) => {
    while (rotating) {
      const { status, body } = await create(`rotation-${worker}-${created}`);
      created++;
      if (status === 201 && isRewritten(body)) rewritten++;
    }
  });
  let trusted = rotated.authority;
  for (let turn = 0; turn < 3; turn++) {
    const next = await renewCertificate(rotated.certificates, async (authority) => {
      // as the certificates job does it: trust first
      const caBundle = Buffer.from(`${authority}${trusted}`).toString('base64');
      const { webhooks } = await kube.must('GET', `${CONFIGURATIONS}/${OURS}`);
      const changed = webhooks.map((each: Stored) => ({
        ...each,
        clientConfig: { ...each.clientConfig, caBundle },
      }));
      await kube.must(
        'PATCH',
        `${CONFIGURATIONS}/${OURS}`,
        { webhooks: changed },
        { type: 'application/merge-patch+json' },
      );
      await sleep(PROPAGATES);
    });
    trusted = next;
    await sleep(PROPAGATES);
  }
  rotating = false;
  await Promise.all(load);
  report({
    what: 'certificates are renewed three times under load',
    against: AGAINST,
    found: `${rewritten} of ${created} Experiments rewritten`,
    wrong: rewritten === created ? [] : [`${created - rewritten} are not`],
  });
  await rotated.process.stop();
  await kube.must('DELETE', `${CONFIGURATIONS}/${OURS}`);
  const plain = await kube.call(
    'POST',
    `${experiments(PLAIN)}?dryRun=All`,
    placed(sampled.experiment, PLAIN, 'plain'),
  );
  if (isRewritten(plain.body))
    throw new Error('an Experiment is rewritten where our webhook is not registered');
}

/** Milliseconds after which the API server has seen a change of a configuration, and our server one of its files. */
const PROPAGATES = 2500;

async function listenSilently(): Promise<{ readonly server: Server; readonly port: number }> {
  const port = await freePort();
  const server = createServer((socket) => socket.on('error', () => {}).unref()).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  return { server, port };
}
