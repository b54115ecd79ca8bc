import { describe, expect, it } from 'vitest';
import { job, sampleExperiment } from '../../packages/katib/test/sample.ts';
import { createApiServerDouble } from './api-server.ts';
import { katibDefaulter } from './katib-defaulter.ts';
import { createKubectl } from './kubectl.ts';
import type { AdmissionReviewRequest, KubernetesObject } from './review.ts';
import { receiveWarnings } from './warnings.ts';
import type { MutatingWebhook } from './webhook.ts';

const experiment = sampleExperiment();

function webhook(
  name: string,
  response: (uid: string) => unknown,
  more: Partial<MutatingWebhook> = {},
): MutatingWebhook {
  return { name, call: async ({ request }: AdmissionReviewRequest) => response(request.uid), ...more };
}

function review(response: unknown): unknown {
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response };
}

function patching(
  name: string,
  patch: readonly unknown[],
  more: Partial<MutatingWebhook> = {},
): MutatingWebhook {
  const encoded = Buffer.from(JSON.stringify(patch)).toString('base64');
  return webhook(name, (uid) => review({ uid, allowed: true, patch: encoded, patchType: 'JSONPatch' }), more);
}

const patch = Buffer.from('[]').toString('base64');

describe('the double refuses an answer', () => {
  it.each<[string, (uid: string) => unknown, RegExp]>([
    ['without a response', () => ({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }), /absent/],
    [
      'of another version',
      (uid) => ({ ...(review({ uid, allowed: true }) as object), apiVersion: 'v1' }),
      /expected an/,
    ],
    [
      'of another kind',
      (uid) => ({ ...(review({ uid, allowed: true }) as object), kind: 'Review' }),
      /expected an/,
    ],
    ['to another request', () => review({ uid: 'x', allowed: true }), /expected response\.uid/],
    ['that says nothing', (uid) => review({ uid }), /allowed is undefined/],
    ['with a patch without type', (uid) => review({ uid, allowed: true, patch }), /not response\.patchType/],
    [
      'with a type without patch',
      (uid) => review({ uid, allowed: true, patchType: 'JSONPatch' }),
      /not response\.patch/,
    ],
    [
      'with another type',
      (uid) => review({ uid, allowed: true, patch, patchType: 'Merge' }),
      /invalid response/,
    ],
    [
      'that is not base64',
      (uid) => review({ uid, allowed: true, patch: '[]', patchType: 'JSONPatch' }),
      /base64/,
    ],
    ['with warnings that are no texts', (uid) => review({ uid, allowed: true, warnings: [1] }), /warnings/],
  ])('%s', async (_, response, message) => {
    const failing = createApiServerDouble([webhook('a', response)]);
    expect((await failing.create(experiment)).refused).toMatch(message);
    const ignoring = createApiServerDouble([webhook('a', response, { failurePolicy: 'Ignore' })]);
    const outcome = await ignoring.create(experiment);
    expect(outcome.refused).toBeUndefined();
    expect(outcome.chain).toMatchObject([{ failure: expect.stringMatching(message) }]);
  });

  it.each<[string, MutatingWebhook]>([
    ['that denies', webhook('a', (uid) => review({ uid, allowed: false }), { failurePolicy: 'Ignore' })],
    [
      'whose patch does not apply',
      patching('a', [{ op: 'replace', path: '/no/such', value: 1 }], { failurePolicy: 'Ignore' }),
    ],
    [
      'whose patch is beyond a list',
      patching('a', [{ op: 'add', path: '/spec/parameters/9', value: 1 }], { failurePolicy: 'Ignore' }),
    ],
    [
      'whose patch tests in vain',
      patching('a', [{ op: 'test', path: '/kind', value: 'Pod' }], { failurePolicy: 'Ignore' }),
    ],
  ])('under any failure policy: %s', async (_, bad) => {
    expect((await createApiServerDouble([bad]).create(experiment)).refused).toMatch(/webhook "a"/);
  });

  it('that comes too late, or never', async () => {
    const never = { name: 'a', timeoutSeconds: 1, call: () => new Promise<never>(() => undefined) };
    const outcome = await createApiServerDouble([never]).create(experiment);
    expect(outcome.refused).toMatch(/deadline exceeded/);
  });
});

describe('the admission chain of the double', () => {
  it('goes by name, and calls again what asks for it after a change', async () => {
    const seen: string[] = [];
    const watch = (name: string, again: 'Never' | 'IfNeeded') =>
      webhook(
        name,
        (uid) => {
          seen.push(name);
          return review({ uid, allowed: true });
        },
        { reinvocationPolicy: again },
      );
    const label = patching('c', [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }]);
    const server = createApiServerDouble([
      watch('d', 'IfNeeded'),
      label,
      watch('b', 'IfNeeded'),
      watch('a', 'Never'),
    ]);
    expect((await server.create(experiment)).stored).toMatchObject({ metadata: { labels: { a: 'b' } } });
    expect(seen).toEqual(['a', 'b', 'd', 'b']);
  });

  it("writes a custom collector's container as Katib's own types do", async () => {
    const server = createApiServerDouble([katibDefaulter('katib')]);
    const custom = sampleExperiment([
      ['spec', 'metricsCollectorSpec'],
      { collector: { kind: 'Custom', customCollector: { name: 'c', image: 'i' } } },
    ]);
    expect((await server.create(custom)).stored?.spec).toMatchObject({
      metricsCollectorSpec: { collector: { customCollector: { name: 'c', image: 'i', resources: {} } } },
    });
  });

  it('knows what Katib refuses, new and changed', async () => {
    const server = createApiServerDouble([katibDefaulter('katib')]);
    const unused = sampleExperiment([
      ['spec', 'trialTemplate', 'trialParameters', 1],
      { name: 'x', reference: 'lr' },
    ]);
    expect((await server.create(unused)).refused).toMatch(/parameter-reference-twice/);
    expect(
      (await server.create(sampleExperiment([['spec', 'trialTemplate', 'trialSpec'], job([{ args: [1] }])])))
        .refused,
    ).toMatch(/job-not-convertible/);
    expect((await server.create(experiment)).refused).toBeUndefined();
    const kubectl = createKubectl(server);
    expect((await kubectl.patch('tune', { spec: { maxTrialCount: 4 } })).refused).toBeUndefined();
    expect((await kubectl.patch('tune', { spec: { resumePolicy: 'LongRunning' } })).refused).toMatch(
      /editable/,
    );
    expect(() => kubectl.patch('nobody', {})).toThrow('there is no nobody');
  });
});

describe('what kubectl sends', () => {
  const rewritten = patching('a', [{ op: 'add', path: '/metadata/labels', value: { ours: 'x' } }]);
  const base: KubernetesObject = { ...experiment, extra: { list: [1, 2], map: { a: 1, b: 2 } } };

  it('client-side: lists whole, what is gone from the manifest, and nothing of others', async () => {
    const server = createApiServerDouble([]);
    const kubectl = createKubectl(server);
    await kubectl.apply(base);
    await kubectl.edit('tune', (object) =>
      Object.assign(object, { extra: { list: [1, 2, 3], map: { a: 1, b: 2, c: 3 } } }),
    );
    const { stored } = await kubectl.apply({ ...experiment, extra: { list: [1, 2], map: { a: 1 } } });
    expect(stored?.extra).toEqual({ list: [1, 2], map: { a: 1, c: 3 } });
  });

  it('server-side: lists whole, maps merged', async () => {
    const server = createApiServerDouble([]);
    const kubectl = createKubectl(server);
    await kubectl.applyServerSide(base);
    await kubectl.edit('tune', (object) =>
      Object.assign(object, { extra: { list: [], map: { a: 5, c: 3 } } }),
    );
    expect((await kubectl.applyServerSide(base)).stored?.extra).toEqual({
      list: [1, 2],
      map: { a: 1, b: 2, c: 3 },
    });
  });

  it('replace: the manifest and nothing else', async () => {
    const server = createApiServerDouble([]);
    await server.create({ ...base, metadata: { name: 'tune', annotations: { a: 'b' } } });
    expect((await createKubectl(server).replace(base)).stored?.metadata).not.toHaveProperty('annotations');
    expect((await createApiServerDouble([rewritten]).create(base)).stored).toMatchObject({
      metadata: { labels: { ours: 'x' } },
    });
  });
});

it('says what is wrong with warnings', () => {
  const faults = (warnings: readonly string[]) => receiveWarnings(warnings).faults.length;
  expect(faults(['fine'])).toBe(0);
  expect(['a\nb', 'Warning: x', 'x'.repeat(300), '\ud800'].map((warning) => faults([warning]))).toEqual([
    1, 1, 1, 1,
  ]);
  expect(faults(Array.from({ length: 50 }, () => 'x'.repeat(100)))).toBe(1);
});
