import jsonPatch from 'fast-json-patch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Override, sampleExperiment } from '../../katib/test/sample.ts';
import { createAdmissionHandler } from '../src/index.ts';
import { creation, patchOf } from './reviews.ts';

const handler = createAdmissionHandler({ timeout: 60_000 });
beforeAll(() => handler.ready());
afterAll(() => handler.close());

const args: Override[0] = [
  ...['spec', 'trialTemplate', 'trialSpec', 'spec', 'template', 'spec', 'containers'],
  0,
  'args',
  0,
];
const collector = (kind: string): Override => [['spec', 'metricsCollectorSpec', 'collector', 'kind'], kind];
const annotation = (name: string, value: string): Override => [
  ['metadata', 'annotations', `katib-push.io/${name}`],
  value,
];

async function create(...overrides: readonly Override[]) {
  const object = sampleExperiment(...overrides);
  const answer = await handler(creation(object));
  const { newDocument } = jsonPatch.applyPatch(
    structuredClone(object),
    patchOf(answer) as jsonPatch.Operation[],
  );
  const metadata = newDocument.metadata as { annotations?: Record<string, string> };
  return {
    ...answer.response,
    object,
    stored: newDocument,
    outcome: metadata.annotations?.['katib-push.io/outcome'],
  };
}

it.each<[string, readonly Override[], RegExp | undefined, object | undefined]>([
  ['what is pushed', [], /^rewritten: pushes accuracy and loss$/, { outcome: 'rewritten' }],
  [
    'what is captured',
    [collector('StdOut'), annotation('rewrite', 'enabled')],
    /^rewritten: pushes accuracy and loss from the container's output, no sidecar$/,
    { outcome: 'rewritten' },
  ],
  [
    'why nothing is done, and what helps',
    [[args, 'print(f"Accuracy: {lr:.2f}")\nx = ${trialParameters.lr}\n']],
    /^unchanged \(metric-not-read\): The objective metric accuracy is not read.*objectiveMetricName/,
    { outcome: 'unchanged', reason: 'metric-not-read' },
  ],
  ['nothing where nothing asks', [collector('StdOut')], undefined, undefined],
  ['nothing where the user says no', [annotation('rewrite', 'disabled')], undefined, undefined],
])('keeps %s', async (_, overrides, outcome, audit) => {
  const created = await create(...overrides);
  if (outcome) expect(created.outcome).toMatch(outcome);
  else expect(created.outcome).toBeUndefined();
  if (audit) expect(created.auditAnnotations).toMatchObject(audit);
  else expect(created.auditAnnotations).toBeUndefined();
});

it('is bounded', async () => {
  const { outcome = '' } = await create([
    args,
    `print(f"${'x'.repeat(90)} Accuracy: {lr}")\n# ${'y'.repeat(5000)}\nx = \${trialParameters.lr}\n`,
  ]);
  expect(outcome.length).toBeLessThanOrEqual(400);
});

it('is the same when the Experiment is reviewed again', async () => {
  const { stored, outcome } = await create([args, 'print(f"Accuracy: {lr}")\nx = ${trialParameters.lr}\n']);
  expect(outcome).toBeDefined();
  expect(patchOf(await handler(creation(stored)))).toEqual([]);
});
