import { applyPatch, unwrapWords } from '@katib-push/katib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { job, type Override, sampleExperiment } from '../../katib/test/sample.ts';
import { type AdmissionEvent, type AdmissionHandler, createAdmissionHandler } from '../src/index.ts';
import { createCluster } from './cluster.ts';
import { creation, patchOf } from './reviews.ts';

const kind = { group: 'kubeflow.org', version: 'v1beta1', kind: 'Trial' };
const enabled: Override = [['metadata', 'annotations'], { 'katib-push.io/rewrite': 'enabled' }];
const stdOut: Override = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'];
const captured = { 'katib-push.io/capture': 'container', 'katib-push.io/algorithm': 'random' };

type Json = Record<string, unknown>;

/** A Trial as Katib creates it of an Experiment with these labels. */
function trial(labels: Json, more: Json = {}): Json {
  const container = { name: 'main', image: 'x', command: ['python3', '/opt/train.py', '--lr=0.1'] };
  return {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Trial',
    metadata: {
      name: 'tune-abc',
      namespace: 'kubeflow',
      labels: { ...labels, 'katib.kubeflow.org/experiment': 'tune' },
    },
    spec: {
      objective: { type: 'maximize', objectiveMetricName: 'accuracy', additionalMetricNames: ['loss'] },
      metricsCollector: { collector: { kind: 'StdOut' } },
      primaryContainerName: 'main',
      runSpec: job([container]),
      ...more,
    },
  };
}

const commandOf = (object: unknown): string[] =>
  (
    object as {
      spec: { runSpec: { spec: { template: { spec: { containers: { command: string[] }[] } } } } };
    }
  ).spec.runSpec.spec.template.spec.containers[0]?.command ?? [];

describe('a Trial', () => {
  const events: AdmissionEvent[] = [];
  let handler: AdmissionHandler;
  beforeAll(() => {
    handler = createAdmissionHandler({
      timeout: 60_000,
      observe: (event) => events.push(event),
      namespaces: { 'team-a': { ways: ['source'] } },
    });
  });
  afterAll(() => handler.close());
  const review = (object: unknown, more: Json = {}) => handler(creation(object, { kind, ...more }));

  it('with the label is put under the shim, and pushes', async () => {
    const given = trial(captured);
    const answer = await review(given);
    const after = applyPatch(given, patchOf(answer)) as Json;
    expect(unwrapWords(commandOf(after))).toEqual(['python3', '/opt/train.py', '--lr=0.1']);
    expect(after.spec).toMatchObject({ metricsCollector: { collector: { kind: 'Push' } } });
    expect(answer.response.warnings).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ outcome: 'captured', kind: 'Trial' });
    expect(patchOf(await review(after))).toEqual([]);
    expect(events.at(-1)).toMatchObject({ outcome: 'unchanged', reason: 'already-rewritten' });
  });

  it.each<[string, Json, Json, string]>([
    ['without the label', trial({}), {}, 'not-enabled'],
    [
      'that shares a folder with others',
      trial({ ...captured, 'pbt.suggestion.katib.kubeflow.org/generation': '0' }),
      {},
      'needs-sidecar-volume',
    ],
    [
      'of another collector',
      trial(captured, { metricsCollector: { collector: { kind: 'Custom' } } }),
      {},
      'other-collector',
    ],
    [
      'without a command',
      trial(captured, { runSpec: job([{ name: 'main', image: 'x' }]) }),
      {},
      'no-command',
    ],
    [
      'whose Experiment is labelled against it',
      trial({ ...captured, 'katib-push.io/rewrite': 'disabled' }),
      {},
      'disabled',
    ],
    ['without a job', trial(captured, { runSpec: undefined }), {}, 'no-trial-spec'],
    [
      'with rules, without its algorithm',
      trial(
        { 'katib-push.io/capture': 'container' },
        { earlyStoppingRules: [{ name: 'loss', value: '1', comparison: 'less' }] },
      ),
      {},
      'early-stopping',
    ],
    [
      'of a namespace that has the source way alone',
      trial(captured),
      { namespace: 'team-a' },
      'way-not-allowed',
    ],
  ])('%s stays as it is, and nobody is warned', async (_what, object, more, reason) => {
    const { response } = await review(object, more);
    expect(response).toEqual({ uid: 'u-1', allowed: true });
    expect(events.at(-1)).toMatchObject({ outcome: 'unchanged', reason, kind: 'Trial' });
  });

  it('is ignored where it is updated or deleted, or is of a version that is not known', async () => {
    for (const more of [
      { operation: 'UPDATE' },
      { operation: 'DELETE', object: null },
      { kind: { ...kind, version: 'v1' } },
      { subResource: 'status' },
    ]) {
      const { response } = await review(trial(captured), more);
      expect(response).toEqual({ uid: 'u-1', allowed: true });
      expect(events.at(-1)?.outcome).toBe('ignored');
    }
  });
});

describe('an Experiment whose Trials are captured', () => {
  let handler: AdmissionHandler;
  beforeAll(() => {
    handler = createAdmissionHandler({ timeout: 60_000, namespaces: { kubeflow: { enable: true } } });
  });
  afterAll(() => handler.close());
  const labelsOf = (object: unknown): Json =>
    (object as { metadata: { labels?: Json } }).metadata.labels ?? {};

  it('gets labels and a warning, and keeps its spec; its Trials are captured', async () => {
    const { kubectl, server } = createCluster(handler);
    const manifest = sampleExperiment(stdOut, enabled);
    const { stored, warnings } = await kubectl.apply(manifest);
    expect(labelsOf(stored)).toEqual(captured);
    expect(stored).toMatchObject({ spec: manifest.spec as Json });
    expect(warnings).toEqual([
      expect.stringContaining('accuracy, loss are pushed by the container way; sidecar disabled'),
    ]);
    const made = await server.create(trial(labelsOf(stored)));
    expect(unwrapWords(commandOf(made.stored))).toBeDefined();
  });

  it('gets them by its namespace alone, and an opt-out wins', async () => {
    const { kubectl } = createCluster(handler);
    expect(labelsOf((await kubectl.apply(sampleExperiment(stdOut))).stored)).toEqual(captured);
    const off: Override = [['metadata', 'annotations'], { 'katib-push.io/capture': 'off' }];
    const { stored } = await createCluster(handler).kubectl.apply(sampleExperiment(stdOut, off));
    expect(labelsOf(stored)).toEqual({});
  });

  it('gets them back where an update drops them', async () => {
    const { kubectl, server } = createCluster(handler);
    const manifest = sampleExperiment(stdOut, enabled);
    const { stored } = await kubectl.apply(manifest);
    for (const again of [await kubectl.replace(manifest), await kubectl.apply(manifest)]) {
      expect(again.refused).toBeUndefined();
      expect(labelsOf(again.stored)).toEqual(captured);
    }
    expect(server.get('tune')).toMatchObject({
      metadata: { annotations: (stored as { metadata: Json }).metadata.annotations },
    });
  });

  it('loses them by the label that keeps it from us', async () => {
    const { kubectl } = createCluster(handler);
    const { stored } = await kubectl.apply(sampleExperiment(stdOut, enabled));
    const off = structuredClone(stored) as { metadata: { labels: Json } };
    off.metadata.labels['katib-push.io/rewrite'] = 'disabled';
    const { stored: after } = await kubectl.replace(off as unknown as Json);
    expect(labelsOf(after)).toEqual({ 'katib-push.io/rewrite': 'disabled' });
  });

  it.each(['capture: off', 'rewrite: disabled'])('loses them by %s', async (words) => {
    const { kubectl } = createCluster(handler);
    const { stored } = await kubectl.apply(sampleExperiment(stdOut, enabled));
    const [key = '', value] = words.split(': ');
    const off = structuredClone(stored) as { metadata: { annotations: Json } };
    off.metadata.annotations[`katib-push.io/${key}`] = value;
    const { stored: after } = await kubectl.replace(off as unknown as Json);
    expect(labelsOf(after)).toEqual({});
    expect((after as { metadata: { annotations: Json } }).metadata.annotations).not.toHaveProperty(
      'katib-push.io/outcome',
    );
  });

  it('leaves labels alone that somebody set by hand, and takes them as the wish', async () => {
    const { server, kubectl } = createCluster(handler);
    const old = sampleExperiment(stdOut, [
      ['metadata', 'annotations'],
      { 'katib-push.io/rewrite': 'disabled' },
    ]);
    await server.create(old);
    const labelled = sampleExperiment(stdOut, [
      ['metadata', 'labels'],
      { 'katib-push.io/capture': 'container' },
    ]);
    expect(labelsOf((await kubectl.replace(labelled)).stored)).toEqual({
      'katib-push.io/capture': 'container',
    });
    expect(labelsOf((await kubectl.replace(sampleExperiment(stdOut))).stored)).toEqual({});
  });
});
