import { applyPolicy } from '../admission/apply-policy.ts';
import { PLAIN, type Stored } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import { atOnce } from '../stack/at-once.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { FullLab } from './lab.ts';
import { runExperiment } from './run-experiment.ts';
import { experimentOf, type SpecialCase, specialCases } from './special-cases.ts';

const labels = { 'katib-push.io/capture': 'container', 'katib-push.io/algorithm': 'random' };
const expected = '{"accuracy":"0.90 / 0.98 / 0.98","loss":"0.0040 / 0.0200 / 0.0040"}';
const names = ['image-script', 'file-collector', 'early-stopping'];

/** Trials that no server of ours sees: Katib's controller makes them, and the API server puts them under the shim. */
export async function checkPolicyTrials(lab: FullLab, report: Report): Promise<void> {
  await applyPolicy(lab.kube);
  await waitFor('the policy', () => takes(lab));
  const chosen = specialCases.filter(({ name }) => names.includes(name));
  const pushing = {
    ...chosen[0]!,
    what: 'a script in the image that only prints, with the collector Push',
    change: usePush,
  };
  await atOnce(4, [...chosen, pushing], (one, at) => checkCase(lab, one, `policy-${at}`, report));
  // It stays: an API server that has forgotten the ConfigMap of a policy does not look for it again.
}

/** Whether the API server knows the policy already. */
export async function takes({ kube }: FullLab): Promise<boolean> {
  const { template } = experimentOf(specialCases[0]!);
  const trial = {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Trial',
    metadata: { name: 'first', namespace: PLAIN, labels },
    spec: {
      objective: { type: 'minimize', objectiveMetricName: 'loss' },
      parameterAssignments: [],
      metricsCollector: { collector: { kind: 'StdOut' } },
      primaryContainerName: 'main',
      runSpec: JSON.parse(JSON.stringify(template).replace('${trialParameters.lr}', '0.02')),
    },
  };
  const path = `/apis/kubeflow.org/v1beta1/namespaces/${PLAIN}/trials?dryRun=All`;
  const { spec } = await kube.must('POST', path, trial);
  return spec.metricsCollector.collector.kind === 'Push';
}

function usePush({ spec }: Stored): void {
  spec.metricsCollectorSpec = { collector: { kind: 'Push' } };
}

async function checkCase(lab: FullLab, one: SpecialCase, name: string, report: Report): Promise<void> {
  const { experiment } = experimentOf(one);
  experiment.metadata = { name, labels };
  const wrong: string[] = [];
  let found = '';
  try {
    const suggested = one.suggested ?? { assignments: [{ lr: '0.02' }] };
    const { trials, seconds } = await runExperiment(lab, PLAIN, experiment, suggested);
    const conditions = trials.map(({ condition }) => condition).join(', ');
    found = `${conditions} in ${seconds.toFixed(1)} s (${[...new Set(trials.map(({ collector }) => collector))].join()})`;
    const wanted = one.conditions?.push ?? ['Succeeded'];
    if (
      trials
        .map(({ condition }) => condition)
        .toSorted()
        .join() !== wanted.toSorted().join()
    )
      wrong.push(`${conditions}, not ${wanted.join()}`);
    if (!trials.every(({ collector }) => collector === 'Push')) wrong.push('a trial was pulled');
    const metrics = JSON.stringify(trials[0]?.metrics);
    if (one.suggested === undefined && metrics !== expected) wrong.push(`${metrics}, not ${expected}`);
  } catch (error) {
    wrong.push(String(error));
  }
  report({
    what: `under the policy, without a server of ours: ${one.what}`,
    against: 'Katib; kubelet stand-in',
    found,
    wrong,
  });
}
