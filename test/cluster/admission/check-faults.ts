import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import {
  CONFIGURATIONS,
  registerOurWebhook,
  renewCertificate,
  showsCertificate,
  startOurWebhook,
  trustAuthorities,
} from '../control-plane/our-webhook.ts';
import type { Report } from '../report/check.ts';
import { freePort } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import { experiments, isRewritten, PLAIN, placed, REWRITTEN, sampled, type World } from './world.ts';

const OURS = 'katib-push-webhook';
const AGAINST = 'the API server';

/** Our webhook away, hanging, strict, and with certificates that are renewed under load. */
export async function checkWebhookFaults(world: World, report: Report): Promise<void> {
  const { kube, stack, webhook } = world;
  const create = async (name: string) => {
    const began = performance.now();
    const answer = await kube.call(
      'POST',
      `${experiments(REWRITTEN)}?dryRun=All`,
      placed(sampled, REWRITTEN, name),
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
  await registerOurWebhook(kube, { ...webhook, port: silent.port }, OURS, { timeoutSeconds: HANGS });
  const hung = await create('hung');
  silent.server.close();
  report({
    what: 'the webhook hangs',
    against: AGAINST,
    found: `${hung.status}, unchanged, ${hung.seconds.toFixed(1)} s: one timeout for each of the two calls`,
    wrong:
      hung.status === 201 && !isRewritten(hung.body) && hung.seconds >= 2 * HANGS
        ? []
        : [`${hung.seconds} s: ${hung.body.message}`],
  });

  const slow = await listenSlowly(webhook.port);
  await registerOurWebhook(kube, { ...webhook, port: slow.port }, OURS);
  const late = await create('late');
  slow.server.close();
  report({
    what: 'the webhook is slow',
    against: AGAINST,
    found: `${late.status}, rewritten, ${late.seconds.toFixed(1)} s, of which ${SLOW / 1000} s for each new connection`,
    wrong:
      late.status === 201 && isRewritten(late.body) && late.seconds >= SLOW / 1000 ? [] : [`${late.status}`],
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
    // as the certificates job does it: trust first
    trusted = await renewCertificate(rotated.certificates, (next) =>
      trustAuthorities(kube, OURS, `${next}${trusted}`),
    );
    await showsCertificate(rotated.port, join(rotated.certificates, 'tls.crt'));
    const soFar = created;
    await waitFor('more Experiments', () => created >= soFar + WITH_EACH, 120);
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
  const plain = await kube.call('POST', `${experiments(PLAIN)}?dryRun=All`, placed(sampled, PLAIN, 'plain'));
  if (isRewritten(plain.body))
    throw new Error('an Experiment is rewritten where our webhook is not registered');
}

/** Experiments that are created at least with each certificate. */
const WITH_EACH = 50;
/** Milliseconds by which a webhook is late. */
const SLOW = 2000;
/** Seconds that the API server waits for one that hangs. */
const HANGS = 3;

/** Stands in front of a server, and connects to it after a while. */
async function listenSlowly(to: number): Promise<{ readonly server: Server; readonly port: number }> {
  const port = await freePort();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    setTimeout(() => {
      const onward = connect(to, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      for (const each of [socket, onward]) each.on('error', () => {});
    }, SLOW);
  }).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  return { server, port };
}

async function listenSilently(): Promise<{ readonly server: Server; readonly port: number }> {
  const port = await freePort();
  const server = createServer((socket) => socket.on('error', () => {}).unref()).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  return { server, port };
}
