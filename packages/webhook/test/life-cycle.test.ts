import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject, Outcome } from '../../../test/api-server/index.ts';
import { job, type Override, sampleExperiment } from '../../katib/test/sample.ts';
import { createAdmissionHandler } from '../src/index.ts';
import { type Cluster, createCluster } from './cluster.ts';
import { addVariable, containerOf, type Mutable, mutator } from './mutators.ts';

const handler = createAdmissionHandler({ timeout: 30_000 });
beforeAll(() => handler.ready());
afterAll(() => handler.close());

const stdOut: Override = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'];
const enabled: Override = [
  ['metadata', 'annotations'],
  { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'source' },
];
const noCollector: Override = [['spec', 'metricsCollectorSpec'], undefined];

/** The same manifest, as people and tools send it again. */
const paths = {
  'client-side apply': ({ kubectl }: Cluster, manifest: KubernetesObject) => kubectl.apply(manifest),
  'server-side apply': ({ kubectl }: Cluster, manifest: KubernetesObject) =>
    kubectl.applyServerSide(manifest),
  replace: ({ kubectl }: Cluster, manifest: KubernetesObject) => kubectl.replace(manifest),
};

const manifests = {
  'asks for Push': [],
  'names StdOut and is enabled': [stdOut, enabled],
  'names no collector and is enabled': [noCollector, enabled],
  'has variables and annotations': [
    [['metadata', 'annotations'], { team: 'a/b~c' }],
    [['spec', 'trialTemplate', 'trialSpec'], withEnv([{ name: 'A', value: '1' }, { name: 'B' }])],
  ],
  'has an empty list of variables': [[['spec', 'trialTemplate', 'trialSpec'], withEnv([])]],
} as const satisfies Record<string, readonly Override[]>;

function withEnv(env: unknown): unknown {
  const spec = structuredClone(sampleExperiment().spec) as Mutable;
  const { trialSpec } = spec.trialTemplate as { trialSpec: Mutable };
  containerOf({ spec: { trialTemplate: { trialSpec } } }).env = env;
  return trialSpec;
}

function accepted(outcome: Outcome): KubernetesObject {
  expect(outcome.refused).toBeUndefined();
  expect(outcome.warningFaults).toEqual([]);
  expect(outcome.chain.map(({ failure }) => failure).filter(Boolean)).toEqual([]);
  return outcome.stored as KubernetesObject;
}

/** The operations of our webhook in the last call. */
function ours({ chain }: Outcome): readonly string[] {
  return chain
    .filter(({ webhook }) => webhook === 'katib-push')
    .flatMap(({ patch }) => patch.map(({ op, path }) => `${op} ${path}`));
}

describe.each(['before', 'after', 'none'] as const)('with Katib’s defaulter: %s', (defaulter) => {
  describe.each(Object.entries(manifests))('an Experiment that %s', (_, overrides) => {
    const manifest = sampleExperiment(...overrides);

    it.each(Object.entries(paths))('is created and sent again by %s', async (_path, send) => {
      const cluster = createCluster(handler, defaulter);
      const created = accepted(
        await (send === paths.replace ? cluster.server.create(manifest) : send(cluster, manifest)),
      );
      expect(JSON.stringify(created)).toContain('_katib_push(print)');
      expect(created).toMatchObject({ spec: { metricsCollectorSpec: { collector: { kind: 'Push' } } } });
      for (const _time of [1, 2]) {
        const again = await send(cluster, manifest);
        expect(accepted(again).spec).toEqual(created.spec);
        expect(again.stored?.metadata).toEqual({
          ...(created.metadata as object),
          resourceVersion: expect.anything(),
        });
        expect(again.warnings).toEqual([]);
      }
    });

    it('lives: finalizer, status, trial count, delete', async () => {
      const { kubectl, server } = createCluster(handler, defaulter);
      const created = accepted(await kubectl.apply(manifest));
      const marked = await kubectl.edit('tune', (object) => {
        (object.metadata as Mutable).finalizers = ['update-prometheus-metrics'];
      });
      accepted(marked);
      expect(ours(marked)).toEqual([]);
      accepted(await server.updateStatus({ ...created, status: { trials: 1 } }));
      const counted = await kubectl.patch('tune', { spec: { maxTrialCount: 99 } });
      expect(accepted(counted).spec).toEqual({ ...(created.spec as object), maxTrialCount: 99 });
      expect(ours(counted)).toEqual([]);
      const inManifest = { ...manifest, spec: { ...(manifest.spec as object), parallelTrialCount: 7 } };
      expect(accepted(await kubectl.apply(inManifest))).toMatchObject({
        spec: { maxTrialCount: 99, parallelTrialCount: 7 },
        status: { trials: 1 },
      });
      accepted(await server.remove('tune'));
      expect(server.get('tune')).toMatchObject({ metadata: { deletionTimestamp: expect.anything() } });
      const freed = await kubectl.edit('tune', (object) => {
        (object.metadata as Mutable).finalizers = [];
      });
      accepted(freed);
      expect(ours(freed)).toEqual([]);
      expect(server.get('tune')).toBeUndefined();
    });
  });
});

describe('an update', () => {
  it('with another script is refused by Katib, and the warning says where it differs', async () => {
    const { kubectl } = createCluster(handler);
    accepted(await kubectl.apply(sampleExperiment()));
    const edited = sampleExperiment();
    containerOf(edited).args = ["print('accuracy=1')  # ${trialParameters.lr}"];
    const outcome = await kubectl.apply(edited);
    expect(outcome.refused).toMatch(/only spec\.parallelTrialCount, .* are editable/);
    const { kubectl: alone, server } = createCluster(handler);
    accepted(await alone.apply(sampleExperiment()));
    const review = { operation: 'UPDATE', object: edited, oldObject: server.get('tune') };
    const { response } = await handler(reviewFor(review));
    expect(response.warnings).toEqual([
      expect.stringMatching(
        /^katib-push: …\/containers\/0\/args\/0 differs from .* create a new Experiment\.$/,
      ),
    ]);
  });

  it('of an Experiment that was stored without us is left alone', async () => {
    const manifest = sampleExperiment();
    const { response } = await handler(
      reviewFor({ operation: 'UPDATE', object: manifest, oldObject: manifest }),
    );
    expect(response).toEqual({ uid: 'u', allowed: true });
  });

  it('restores what an earlier version of us has written', async () => {
    const { kubectl, server } = createCluster(handler, 'none');
    const manifest = sampleExperiment(stdOut, enabled);
    accepted(await kubectl.apply(manifest));
    // As if today's version wrote something else: what is stored is restored, never written anew.
    const earlier = JSON.parse(JSON.stringify(server.get('tune')).replaceAll('_katib_push', '_katib_pusher'));
    const { hashValue } = await import('@katib-push/katib');
    const annotations = earlier.metadata.annotations as Record<string, string>;
    const record = JSON.parse(annotations['katib-push.io/record'] ?? '');
    const script = Object.keys(record).find((pointer) => pointer.endsWith('/args/0')) as string;
    record[script][1] = hashValue((containerOf(earlier).args as string[])[0]);
    annotations['katib-push.io/record'] = JSON.stringify(record);
    annotations['katib-push.io/version'] = '0.0.1';
    const { response } = await handler(
      reviewFor({ operation: 'UPDATE', object: manifest, oldObject: earlier }),
    );
    expect(response.warnings).toBeUndefined();
    const jsonPatch = (await import('fast-json-patch')).default;
    const patch = JSON.parse(Buffer.from(response.patch ?? '', 'base64').toString());
    const restored = jsonPatch.applyPatch(structuredClone(manifest), patch, true).newDocument as Mutable;
    expect(restored.spec).toEqual(earlier.spec);
    expect(restored.metadata).toMatchObject({ annotations: { 'katib-push.io/version': '0.0.1' } });
  });

  it('keeps what other mutators put in, before and behind ours', async () => {
    for (const where of ['front', 'end'] as const)
      for (const name of ['a-mutator', 'z-mutator'])
        for (const [path, send] of Object.entries(paths)) {
          const cluster = createCluster(handler, 'after', [mutator(name, addVariable('PROXY', where))]);
          const manifest = sampleExperiment(stdOut, enabled);
          const created = accepted(
            await (path === 'replace' ? cluster.server.create(manifest) : send(cluster, manifest)),
          );
          const names = (containerOf(created).env as Mutable[]).map((entry) => entry.name);
          expect(names).toContain('PROXY');
          expect(names).toContain('KATIB_PUSH_CONFIG');
          const again = accepted(await send(cluster, manifest));
          expect(again.spec, `${path}, ${name} at the ${where}`).toEqual(created.spec);
        }
  });

  it('finds its container by name when another mutator puts one in front', async () => {
    const sidecar = mutator('z-sidecar', (object) => {
      const { spec } = (object.spec as { trialTemplate: { trialSpec: { spec: { template: Mutable } } } })
        .trialTemplate.trialSpec.spec.template as { spec: { containers: Mutable[] } };
      if (spec.containers[0]?.name !== 'proxy') spec.containers.unshift({ name: 'proxy', image: 'proxy' });
    });
    for (const [path, send] of Object.entries(paths)) {
      const cluster = createCluster(handler, 'none', [sidecar]);
      const manifest = sampleExperiment();
      const created = accepted(
        await (path === 'replace' ? cluster.server.create(manifest) : send(cluster, manifest)),
      );
      expect(JSON.stringify(containerOf(created))).toContain('proxy');
      expect(accepted(await send(cluster, manifest)).spec, path).toEqual(created.spec);
    }
  });

  it('is answered the same when it is a dry run', async () => {
    const cluster = createCluster(handler);
    const manifest = sampleExperiment(stdOut, enabled);
    const dry = await cluster.kubectl.apply(manifest, { dryRun: true });
    expect(cluster.server.get('tune')).toBeUndefined();
    const created = accepted(await cluster.kubectl.apply(manifest));
    expect(accepted(dry).spec).toEqual(created.spec);
    expect(accepted(await cluster.kubectl.applyServerSide(manifest, { dryRun: true })).spec).toEqual(
      created.spec,
    );
  });
});

describe('a second call for one request', () => {
  it('changes nothing', async () => {
    const cluster = createCluster(handler, 'after');
    const outcome = await cluster.kubectl.apply(sampleExperiment(stdOut, enabled));
    accepted(outcome);
    const calls = outcome.chain.filter(({ webhook }) => webhook === 'katib-push');
    expect(calls.map(({ reinvoked, patch }) => [reinvoked, patch.length > 0])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('keeps the record of the first where it has to change something again', async () => {
    // A mutator behind us wants a further metric: the client's settings change once more.
    const more = mutator('z-more', (object) => {
      const { objective } = object.spec as { objective: Mutable };
      objective.additionalMetricNames = ['loss', 'accuracy2'];
    });
    const manifest = sampleExperiment(stdOut, enabled);
    const cluster = createCluster(handler, 'none', [more]);
    const created = accepted(await cluster.kubectl.apply(manifest));
    expect(JSON.stringify(containerOf(created).env)).toContain('accuracy2');
    expect(accepted(await cluster.kubectl.apply(manifest)).spec).toEqual(created.spec);
    expect(accepted(await cluster.kubectl.replace(manifest)).spec).toEqual(created.spec);
  });
});

describe('a record that is not ours', () => {
  const record = 'katib-push.io/record';
  const forged = JSON.stringify({ '/spec/maxTrialCount': ['0'.repeat(16), '0'.repeat(16)] });

  it('is replaced where the Experiment is rewritten', async () => {
    const { kubectl } = createCluster(handler);
    const annotations = { [record]: forged, 'katib-push.io/version': '9', 'katib-push.io/rewritten': 'true' };
    const created = accepted(
      await kubectl.apply(sampleExperiment([['metadata', 'annotations'], annotations])),
    );
    expect(JSON.stringify(created)).toContain('_katib_push(print)');
    expect(JSON.stringify(created.metadata)).not.toContain('maxTrialCount\\":[\\"000');
  });

  it('is taken away where it is not, on create and on update', async () => {
    const { kubectl } = createCluster(handler);
    const manifest = sampleExperiment(stdOut, [['metadata', 'annotations'], { [record]: forged }]);
    const outcome = await kubectl.apply(manifest);
    expect(JSON.stringify(accepted(outcome).metadata)).not.toContain('"katib-push.io/record":');
    expect(outcome.warnings.join()).toContain('was not written by this webhook');
    const again = await kubectl.patch('tune', { metadata: { annotations: { [record]: forged } } });
    expect(JSON.stringify(accepted(again).metadata)).not.toContain('"katib-push.io/record":');
  });

  it('can not be put in the place of ours', async () => {
    const { kubectl } = createCluster(handler);
    const created = accepted(await kubectl.apply(sampleExperiment()));
    const changed = await kubectl.patch('tune', {
      metadata: { annotations: { [record]: forged, 'katib-push.io/version': null } },
      spec: { maxTrialCount: 3 },
    });
    expect(accepted(changed)).toMatchObject({
      metadata: { annotations: (created.metadata as Mutable).annotations },
      spec: { maxTrialCount: 3 },
    });
  });

  it('that came in while we were away can hold nothing back that Katib lets change', async () => {
    const stored = sampleExperiment([['spec', 'maxTrialCount'], 5]);
    const { hashValue } = await import('@katib-push/katib');
    const bad = JSON.stringify({ '/spec/maxTrialCount': [hashValue(9), hashValue(5)] });
    const oldObject = { ...stored, metadata: { name: 'tune', annotations: { [record]: bad } } };
    const object = { ...oldObject, spec: { ...(stored.spec as object), maxTrialCount: 9 } };
    const { response } = await handler(reviewFor({ operation: 'UPDATE', object, oldObject }));
    expect(response).toEqual({ uid: 'u', allowed: true });
  });
});

it('restores the label for Katib before 0.18', async () => {
  const legacy = createAdmissionHandler({ legacyCollector: true, timeout: 30_000 });
  try {
    const manifest = sampleExperiment([['spec', 'trialTemplate', 'trialSpec'], job(sampleContainers())]);
    const created = await legacy(reviewFor({ operation: 'CREATE', object: manifest, oldObject: null }));
    const jsonPatch = (await import('fast-json-patch')).default;
    const apply = (object: unknown, patch = '') =>
      jsonPatch.applyPatch(structuredClone(object), JSON.parse(Buffer.from(patch, 'base64').toString()), true)
        .newDocument;
    const stored = apply(manifest, created.response.patch);
    expect(JSON.stringify(stored)).toContain('"katib.kubeflow.org/metrics-collector-injection":"disabled"');
    const again = await legacy(reviewFor({ operation: 'UPDATE', object: manifest, oldObject: stored }));
    expect(apply(manifest, again.response.patch)).toEqual(stored);
  } finally {
    await legacy.close();
  }
});

function sampleContainers(): readonly unknown[] {
  return [containerOf(sampleExperiment())];
}

function reviewFor(request: { operation: string; object: unknown; oldObject: unknown }): unknown {
  const kind = { group: 'kubeflow.org', version: 'v1beta1', kind: 'Experiment' };
  return { request: { uid: 'u', kind, ...request } };
}
