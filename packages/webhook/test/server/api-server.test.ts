import { Agent } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AdmissionReviewRequest,
  createApiServerDouble,
  createKubectl,
  katibDefaulter,
  type MutatingWebhook,
} from '../../../../test/api-server/index.ts';
import { sdkExperiment } from './reviews.ts';
import { send } from './send.ts';
import { startServer, type TestServer } from './start-server.ts';

/** Calls the server as the API server does: HTTPS with the authority of the configuration, connections kept. */
function webhookAt({ port, authority }: TestServer): MutatingWebhook {
  const agent = new Agent({
    keepAlive: true,
    keepAliveMsecs: 90_000,
    ca: authority.cert,
    servername: 'localhost',
  });
  onTestFinished(() => agent.destroy());
  return {
    name: 'webhook.katib-push.io',
    failurePolicy: 'Ignore',
    reinvocationPolicy: 'IfNeeded',
    timeoutSeconds: 30,
    async call(review: AdmissionReviewRequest, timeoutSeconds: number) {
      const path = `/mutate?timeout=${timeoutSeconds}s`;
      const { status, text } = await send(port, JSON.stringify(review), {
        path,
        agent,
        tls: { rejectUnauthorized: true },
      });
      if (status !== 200) throw new Error(`an error on the server ("${text.trim()}"), status ${status}`);
      return JSON.parse(text);
    },
  };
}

interface Experiment {
  readonly spec: {
    readonly metricsCollectorSpec: { readonly collector: { readonly kind: string } };
  };
}

describe('behind the double of an API server', () => {
  it('rewrites what is applied, and what is applied again changes nothing', async () => {
    const server = await startServer();
    const double = createApiServerDouble([katibDefaulter('defaulter.experiment'), webhookAt(server)]);
    const kubectl = createKubectl(double);
    const manifest = sdkExperiment();
    const created = await kubectl.apply(manifest);
    expect(created).toMatchObject({ warningFaults: [] });
    expect(created.refused).toBeUndefined();
    expect((created.stored as unknown as Experiment).spec.metricsCollectorSpec.collector.kind).toBe('Push');
    expect(JSON.stringify(created.stored)).toContain('_katib_push(print)');
    const again = await kubectl.apply(manifest);
    expect(again.refused).toBeUndefined();
    expect((again.stored as { spec: unknown }).spec).toEqual((created.stored as { spec: unknown }).spec);
    expect(await server.metric('rewritten_total')).toBe(1);
    expect(await server.metric('requests_total{code="200"}')).toBeGreaterThanOrEqual(2);
  });

  it('lets an Experiment pass as it is where it can not be reached, or answers with a status', async () => {
    const server = await startServer({ bodyLimit: 2048 });
    const webhook = webhookAt(server);
    const manifest = sdkExperiment();
    const tooLarge = await createApiServerDouble([webhook]).create(manifest);
    expect(tooLarge.refused).toBeUndefined();
    expect(tooLarge.stored).toMatchObject({ spec: manifest.spec as object });
    expect(tooLarge.chain).toEqual([
      expect.objectContaining({ failure: expect.stringContaining('raise bodyLimit') }),
    ]);
    await server.server.close();
    const unreachable = await createApiServerDouble([webhook]).create(manifest);
    expect(unreachable.refused).toBeUndefined();
    expect(unreachable.stored).toMatchObject({ spec: manifest.spec as object });
  });
});
