import { expect, test } from 'vitest';
import { rewriteExperiment } from '../../packages/katib/src/index.ts';
import { annotations } from '../../packages/katib/src/policy/choices.ts';

const given = Object.entries(annotations).filter(
  ([, { values }]) => !values.some((value) => String(value) === '…'),
);

/** Codes of what is said about an annotation of that value. */
async function say(name: string, value: string): Promise<readonly string[]> {
  const { report } = await rewriteExperiment({
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    metadata: { name: 'x', annotations: { [`katib-push.io/${name}`]: value } },
    spec: { objective: { type: 'minimize', objectiveMetricName: 'loss' } },
  });
  return report.diagnostics.map(({ code }) => code);
}

test.each(given)('the values of %s are those that are taken', async (name, { values }) => {
  for (const value of values) expect(await say(name, value)).not.toContain('invalid-field');
  expect(await say(name, 'nonsense')).toContain('invalid-field');
});
