import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiServerDouble,
  createKubectl,
  type Kubectl,
  type KubernetesObject,
  katibDefaulter,
} from '../../../test/api-server/index.ts';
import { type AdmissionHandler, createAdmissionHandler } from '../src/index.ts';
import { ourWebhook } from './cluster.ts';

const folder = new URL('../../../fixtures/upgrade/', import.meta.url);
const kept = readdirSync(folder).map((file): [string, Upgrade] => [
  file,
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
]);

/** An Experiment as the version before the container way stored it, and the manifest that it was made of. */
interface Upgrade {
  readonly manifest: KubernetesObject;
  readonly stored: KubernetesObject & { readonly metadata: { readonly name: string } };
}

let handler: AdmissionHandler;
beforeAll(() => {
  handler = createAdmissionHandler({ timeout: 60_000 });
});
afterAll(() => handler.close());

describe.each(kept)('%s, rewritten by an earlier version', (_file, { manifest, stored }) => {
  const { name } = stored.metadata;
  const cluster = () => {
    const server = createApiServerDouble(
      [ourWebhook(handler), katibDefaulter('z-katib')],
      [structuredClone(stored)],
    );
    return { server, kubectl: createKubectl(server) };
  };

  it.each<[string, (kubectl: Kubectl) => ReturnType<Kubectl['apply']>]>([
    ['apply', (kubectl) => kubectl.apply(manifest)],
    ['server-side apply', (kubectl) => kubectl.applyServerSide(manifest)],
    ['replace', (kubectl) => kubectl.replace(manifest)],
  ])('stays as it is stored by %s', async (_how, send) => {
    const { refused, stored: after } = await send(cluster().kubectl);
    expect(refused).toBeUndefined();
    expect(after?.spec).toEqual(stored.spec);
    expect(after?.metadata).toMatchObject({
      annotations: { 'katib-push.io/record': expect.stringContaining('{') },
    });
  });

  it('is edited and deleted, with a finalizer', async () => {
    const { server, kubectl } = cluster();
    const counted = await kubectl.patch(name, { spec: { maxTrialCount: 99 } });
    expect(counted.refused).toBeUndefined();
    expect(counted.stored?.spec).toEqual({ ...(stored.spec as object), maxTrialCount: 99 });
    const finalizer = await kubectl.patch(name, { metadata: { finalizers: ['update-prometheus-metrics'] } });
    expect(finalizer.refused).toBeUndefined();
    await server.remove(name);
    expect((await kubectl.patch(name, { metadata: { finalizers: [] } })).refused).toBeUndefined();
    expect(server.get(name)).toBeUndefined();
  });

  it('is found to be rewritten where it is created anew: a copy, a backup', async () => {
    const server = createApiServerDouble([ourWebhook(handler)]);
    const { stored: copy, refused } = await server.create(stored);
    expect(refused).toBeUndefined();
    expect(copy?.metadata).not.toHaveProperty(['labels', 'katib-push.io/capture']);
    expect(copy?.metadata).toHaveProperty(['annotations', 'katib-push.io/record']);
  });
});
