import { applyPatch, type PatchOperation } from '@katib-push/katib';
import { afterAll, describe, expect, it } from 'vitest';
import { type Override, sampleExperiment } from '../../katib/test/sample.ts';
import { keepRecentAnswers } from '../src/decide/recent-answers.ts';
import { type AdmissionEvent, createAdmissionHandler } from '../src/index.ts';
import type { Decision } from '../src/review/decision.ts';
import { readReview } from '../src/review/request.ts';
import { creation, patchOf } from './reviews.ts';

const events: AdmissionEvent[] = [];
const handler = createAdmissionHandler({ timeout: 30_000, observe: (event) => events.push(event) });
afterAll(() => handler.close());

/** What Katib's defaulter adds between two reviews. */
const defaulted: readonly Override[] = [
  [['spec', 'trialTemplate', 'successCondition'], 'a'],
  [['spec', 'trialTemplate', 'failureCondition'], 'b'],
  [['spec', 'objective', 'metricStrategies'], [{ name: 'accuracy', value: 'max' }]],
  [['spec', 'resumePolicy'], 'Never'],
];

/** The object with the defaults. */
function withDefaults(object: unknown): unknown {
  const operations = defaulted.map(([path, value]) => ({
    op: 'add' as const,
    path: `/${path.join('/')}`,
    value,
  }));
  return applyPatch(object, operations);
}

describe('a creation that is reviewed again', () => {
  it('is not rewritten again', async () => {
    const object = sampleExperiment();
    const first = await handler(creation(object));
    expect(first.response.warnings).toHaveLength(1);
    const again = await handler(
      creation(withDefaults(applyPatch(object, patchOf(first) as readonly PatchOperation[]))),
    );
    expect(again.response).toEqual({ uid: 'u-1', allowed: true });
    expect(events.at(-1)).toMatchObject({ outcome: 'unchanged', reason: 'already-rewritten' });
  });

  it('warns of nothing again', async () => {
    const object = sampleExperiment(
      [['metadata', 'annotations', 'katib-push.io/rewrite'], 'enabled'],
      [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'stdOut'],
    );
    const first = await handler(creation(object));
    expect(first.response.warnings).toHaveLength(1);
    const stored = applyPatch(object, patchOf(first) as readonly PatchOperation[]);
    expect((await handler(creation(withDefaults(stored)))).response.warnings).toBeUndefined();
  });
});

describe('what was answered a moment ago', () => {
  const request = (object: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    readReview(creation(object, more));
  const left: Decision = { outcome: 'unchanged', reason: 'disabled', patch: [], warnings: ['w'] };
  const object = sampleExperiment();

  it('is known for ten seconds', () => {
    let now = 0;
    const recent = keepRecentAnswers(() => now);
    recent.note(request(object), left);
    expect(recent.recall(request(object))).toEqual({ ...left, warnings: [] });
    now = 10_001;
    expect(recent.recall(request(object))).toBeUndefined();
  });

  it.each<[string, Override]>([
    ['name', [['metadata', 'name'], 'other']],
    ['annotation', [['metadata', 'annotations', 'katib-push.io/rewrite'], 'disabled']],
    ['metric', [['spec', 'objective', 'objectiveMetricName'], 'loss']],
    ['collector', [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'File']],
    ['filter', [['spec', 'metricsCollectorSpec', 'source', 'filter', 'metricsFormat'], ['(a)(b)']]],
    ['script', [['spec', 'trialTemplate', 'trialSpec', 'kind'], 'PyTorchJob']],
    ['early stopping', [['spec', 'earlyStopping'], { algorithmName: 'medianstop' }]],
  ])('is not that of another %s', (_what, override) => {
    const recent = keepRecentAnswers();
    recent.note(request(object), left);
    expect(recent.recall(request(sampleExperiment(override)))).toBeUndefined();
  });

  it('is neither that of a dry run, nor what failed or was denied', () => {
    const recent = keepRecentAnswers();
    recent.note(request(object, { dryRun: true }), left);
    recent.note(request(object), { ...left, outcome: 'failed' });
    recent.note(request(object), { ...left, denial: { code: 422, reason: 'Invalid', message: 'm' } });
    expect(recent.recall(request(object))).toBeUndefined();
  });
});
