import { isDeepStrictEqual } from 'node:util';
import { evaluatePolicy } from '../../admission-policy/evaluate-policy.ts';
import { capturedTrials, otherTrials } from '../../admission-policy/fixture-trials.ts';
import { leftVariants, takenVariants } from '../../admission-policy/trial-variants.ts';
import type { Report } from '../report/check.ts';
import { sample } from '../sample.ts';
import { waitFor } from '../stack/wait-for.ts';
import { applyPolicy, removeDocument } from './apply-policy.ts';
import { PLAIN, placed, type Stored, type World } from './world.ts';

const trials = `/apis/kubeflow.org/v1beta1/namespaces/${PLAIN}/trials?dryRun=All&fieldValidation=Ignore`;

/**
 * The policy without any server of ours. What the API server makes of a Trial is what the CEL of `npm test` makes of it,
 * which is held against `rewriteTrial` there.
 */
export async function checkPolicy({ kube }: World, report: Report): Promise<void> {
  const policy = await applyPolicy(kube);
  const given = [
    ...capturedTrials.map(({ trial }) => trial),
    ...takenVariants.map(([, trial]) => trial),
    ...leftVariants.map(([, , trial]) => trial),
    ...sample(otherTrials).map(({ trial }) => trial),
  ].map((trial, index) => placed(trial, PLAIN, `policy-${index}`));
  const kindOfFirst = async () =>
    (await kube.must('POST', trials, placed(takenVariants[0]?.[1], PLAIN, 'first'))).spec.metricsCollector
      .collector.kind;
  await waitFor('the policy', async () => (await kindOfFirst()) === 'Push');

  const wrong: string[] = [];
  let [taken, refused] = [0, 0];
  for (const trial of given) {
    const found = evaluatePolicy(policy, trial);
    const expected = ('left' in found ? trial : found.trial) as Stored;
    const { status, body } = await kube.call('POST', trials, trial);
    if (status >= 400) refused++;
    else if (!isDeepStrictEqual(body.spec, expected.spec)) wrong.push(firstWords(trial, found, body));
    else if (!('left' in found)) taken++;
  }
  const [config, ...others] = policy;
  await removeDocument(kube, config);
  await waitFor('a Trial that is left', async () => (await kindOfFirst()) === 'StdOut');
  await Promise.all(others.map((each) => removeDocument(kube, each)));
  report({
    what: 'Trials under the MutatingAdmissionPolicy, without a server of ours',
    against: 'the API server',
    found: `${given.length} Trials: ${taken} put under the shim, ${given.length - taken - refused} left, ${refused} that Katib's definition refuses; without the ConfigMap each is left`,
    wrong,
  });
}

function firstWords(trial: Stored, found: object, body: Stored): string {
  const { runSpec } = trial.spec;
  return `${JSON.stringify(runSpec).slice(0, 200)}: ${'left' in found ? found.left : 'taken'}, and there ${body.spec.metricsCollector.collector.kind}`;
}
