import { PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { FullLab } from './lab.ts';
import { type ExperimentOutcome, runExperiment, trialsOf } from './run-experiment.ts';
import { experimentOf, type SpecialCase, specialCases } from './special-cases.ts';

const AGAINST = 'Katib; kubelet stand-in';
const first = { assignments: [{ lr: '0.02' }] };

/** What runs in images, and what fails: by pull and by push under the shim; then a webhook and a DB manager that are away. */
export async function checkSpecialTrials(lab: FullLab, report: Report): Promise<void> {
  for (const one of specialCases) await checkCase(lab, one, report);
  await checkWebhookAway(lab, report);
  await checkManagerAway(lab, report);
}

async function checkCase(lab: FullLab, one: SpecialCase, report: Report): Promise<void> {
  const { experiment, template } = experimentOf(one);
  const wrong: string[] = [];
  const told: string[] = [];
  try {
    if (one.configMap) {
      // JSON keeps a value a text where the template, as YAML, would make a number of it
      const data = { 'job.yaml': JSON.stringify(template) };
      const labels = { 'katib.kubeflow.org/component': 'trial-templates' };
      await lab.kube.must('POST', '/api/v1/namespaces/kubeflow/configmaps', {
        metadata: { name: 'templates', labels },
        data,
      });
    }
    const pull = await run(lab, PLAIN, experiment, one);
    const push = await run(lab, REWRITTEN, experiment, one);
    for (const [how, outcome] of Object.entries({ pull, push })) {
      const conditions = outcome.trials.map(({ condition }) => condition);
      const collectors = new Set(outcome.trials.map(({ collector }) => collector));
      told.push(
        `${how}: ${conditions.join(', ')} in ${outcome.seconds.toFixed(1)} s (${[...collectors].join()})`,
      );
      const expected = one.conditions?.[how as 'pull' | 'push'] ?? [];
      if (conditions.toSorted().join() !== expected.toSorted().join())
        wrong.push(`${how}: ${conditions.join()}, not ${expected.join()}`);
    }
    if (!push.trials.every(({ collector }) => collector === 'Push')) wrong.push('a trial was pulled');
    const [pulled, pushed] = [pull.trials[0]?.metrics, push.trials[0]?.metrics];
    if (push.trials.length === 1 && !one.differs && JSON.stringify(pulled) !== JSON.stringify(pushed))
      wrong.push(`${JSON.stringify(pulled)} is not ${JSON.stringify(pushed)}`);
  } catch (error) {
    wrong.push(String(error));
  }
  report({ what: one.what, against: AGAINST, found: told.join('; '), wrong });
}

/** An Experiment that never ends, as after a trial that the sidecar stopped, is looked at after a while. */
async function run(
  lab: FullLab,
  namespace: string,
  experiment: Stored,
  one: SpecialCase,
): Promise<ExperimentOutcome> {
  const stalls = namespace === PLAIN && one.suggested?.rules !== undefined;
  return runExperiment(lab, namespace, experiment, one.suggested ?? first, stalls ? 40 : 120, stalls);
}

const training = specialCases[0]!;

/** The webhook is down for some of the trials of one Experiment: those are pulled. */
async function checkWebhookAway(lab: FullLab, report: Report): Promise<void> {
  const { experiment } = experimentOf(training);
  experiment.metadata.name = 'webhook-away';
  experiment.spec.maxTrialCount = 6;
  const lrs = ['0.06', '0.05', '0.04', '0.03', '0.02', '0.01'];
  const running = runExperiment(lab, REWRITTEN, experiment, { assignments: lrs.map((lr) => ({ lr })) }, 180);
  await waitFor(
    'two trials',
    async () => (await trialsOf(lab.kube, REWRITTEN, 'webhook-away')).length >= 2,
    90,
  );
  await lab.webhook.process.stop('SIGKILL');
  const { trials, condition } = await running;
  const pushed = trials.filter(({ collector }) => collector === 'Push').length;
  const best = await lab.kube.must(
    'GET',
    `/apis/kubeflow.org/v1beta1/namespaces/${REWRITTEN}/experiments/webhook-away`,
  );
  const optimal = best.status.currentOptimalTrial?.parameterAssignments?.[0]?.value;
  const all = trials.every((trial) => trial.condition === 'Succeeded' && trial.metrics.loss !== undefined);
  report({
    what: 'a webhook that goes away in the middle of an Experiment of 6 trials',
    against: AGAINST,
    found: `${condition}: ${pushed} pushed, ${trials.length - pushed} pulled, optimum at lr=${optimal}`,
    wrong: all && pushed > 0 && pushed < 6 && optimal === '0.01' ? [] : [JSON.stringify(trials)],
  });
}

/** The DB manager is away while a trial runs; the webhook is gone by now, so the Experiment is made beside another one. */
async function checkManagerAway(lab: FullLab, report: Report): Promise<void> {
  await lab.restartWebhook();
  const { experiment } = experimentOf(training);
  experiment.metadata.name = 'manager-away';
  const running = runExperiment(lab, REWRITTEN, experiment, first, 120);
  await waitFor(
    'the trial',
    async () => (await trialsOf(lab.kube, REWRITTEN, 'manager-away')).length === 1,
    60,
  );
  await lab.manager.kill();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await lab.manager.start();
  const { trials } = await running;
  const expected = '{"accuracy":"0.90 / 0.98 / 0.98","loss":"0.0040 / 0.0200 / 0.0040"}';
  const found = JSON.stringify(trials[0]?.metrics);
  report({
    what: 'a DB manager that is away for 5 s',
    against: AGAINST,
    found: `${trials[0]?.condition} (${trials[0]?.collector}): ${found}`,
    wrong: found === expected && trials[0]?.collector === 'Push' ? [] : [`not ${expected}`],
  });
}
