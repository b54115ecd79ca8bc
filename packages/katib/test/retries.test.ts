import { expect, it } from 'vitest';
import { rewriteExperiment } from '../src/index.ts';
import { type Override, sampleExperiment } from './sample.ts';

const job = ['spec', 'trialTemplate', 'trialSpec', 'spec'] as const;
const limit = (value: unknown): Override => [[...job, 'backoffLimit'], value];
const stdout: Override = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'];
const deliver: Override = [['metadata', 'annotations', 'katib-push.io/deliver'], 'success'];

it.each<[string, readonly Override[], RegExp | undefined]>([
  ['retries', [limit(3)], /^Set backoffLimit: 0/],
  ['retries that are captured', [limit(1), stdout], /^Set katib-push.io\/deliver: success/],
  ['retries whose rows wait for the end', [limit(1), stdout, deliver], undefined],
  ['no retries', [limit(0)], undefined],
  ['a limit that is not given', [], undefined],
])('tells of %s', async (_, overrides, hint) => {
  const { report } = await rewriteExperiment(sampleExperiment(...overrides), { enable: true });
  const found = report.diagnostics.find(({ code }) => code === 'retries-add-rows');
  if (hint) expect(found?.hint).toMatch(hint);
  else expect(found).toBeUndefined();
});
