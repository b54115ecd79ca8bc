import { connect } from '../../../packages/db-manager/test/client.ts';
import { countTrials, PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import { findProgram } from '../database/database.ts';
import type { Report } from '../report/check.ts';
import { atOnce } from '../stack/at-once.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { FullLab } from './lab.ts';
import {
  compareMetrics,
  type ExperimentOutcome,
  followExperiment,
  runExperiment,
  type TrialOutcome,
  trialsOf,
} from './run-experiment.ts';
import { experimentOf, lasting, type SpecialCase, specialCases } from './special-cases.ts';

const AGAINST = 'Katib; kubelet stand-in';
const first = { assignments: [{ lr: '0.02' }] };

/** What runs in images, and what fails: by pull and by push under the shim; then a webhook and a DB manager that are away. */
export async function checkSpecialTrials(lab: FullLab, report: Report): Promise<void> {
  await atOnce(3, specialCases, (one) => checkCase(lab, one, report));
  await checkResumed(lab, report);
  await checkWebhookAway(lab, report);
  await checkManagerAway(lab, report);
}

async function checkCase(lab: FullLab, one: SpecialCase, report: Report): Promise<void> {
  if (one.needs !== undefined && findProgram(one.needs.program) === undefined) {
    const skipped = `${one.needs.program} is not installed: ${one.needs.remedy}`;
    return report({ what: one.what, against: AGAINST, found: '', wrong: [], skipped });
  }
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
    const [pulled = {}, pushed = {}] = [pull.trials[0]?.metrics, push.trials[0]?.metrics];
    const sameness = push.trials.length === 1 && !one.differs ? compareMetrics(pulled, pushed) : 'same';
    if (sameness === 'latest') told.push("pull's latest is another row");
    if (sameness === 'different') wrong.push(`${JSON.stringify(pulled)} is not ${JSON.stringify(pushed)}`);
  } catch (error) {
    wrong.push(String(error));
  }
  report({ what: one.what, against: AGAINST, found: told.join('; '), wrong });
}

async function run(
  lab: FullLab,
  namespace: string,
  experiment: Stored,
  one: SpecialCase,
): Promise<ExperimentOutcome> {
  const suggested = one.suggested ?? first;
  if (namespace !== PLAIN || !one.stalls) return runExperiment(lab, namespace, experiment, suggested);
  const expected = one.conditions?.pull.toSorted().join();
  const until = (trials: readonly TrialOutcome[]) =>
    trials
      .map(({ condition }) => condition)
      .toSorted()
      .join() === expected;
  const { seconds } = await runExperiment(lab, namespace, experiment, suggested, { until });
  await new Promise((resolve) => setTimeout(resolve, STALLS));
  // it is no further, and would be looked at again if it were
  const now = await followExperiment(lab, namespace, one.name, performance.now(), { until });
  return { ...now, seconds, warnings: [] };
}

/** Milliseconds in which Katib would have made another trial. */
const STALLS = 5000;

const training = specialCases[0]!;

/** An Experiment that has ended gets more trials: they are pushed as the first one was. */
async function checkResumed(lab: FullLab, report: Report): Promise<void> {
  const { experiment } = experimentOf(training);
  experiment.metadata.name = 'long-running';
  experiment.spec.resumePolicy = 'LongRunning';
  const before = await runExperiment(lab, REWRITTEN, experiment, {
    assignments: [{ lr: '0.02' }, { lr: '0.01' }],
  });
  const { status } = await countTrials(lab.kube, REWRITTEN, 'long-running', 2);
  const both = (trials: readonly TrialOutcome[]) =>
    trials.length === 2 && trials.every(({ condition }) => condition === 'Succeeded');
  const { trials } = await waitFor(
    'a second trial',
    async () => {
      const now = await followExperiment(lab, REWRITTEN, 'long-running', performance.now(), {
        until: () => true,
      });
      return both(now.trials) && now.condition === 'Succeeded' ? now : undefined;
    },
    120,
  );
  const pushed = trials.filter(({ collector }) => collector === 'Push').length;
  report({
    what: 'LongRunning: an Experiment that has succeeded gets one more trial',
    against: AGAINST,
    found: `${before.condition} after ${before.trials.length} trial, then after ${trials.length}: ${pushed} pushed`,
    wrong: status === 200 && before.trials.length === 1 && pushed === 2 ? [] : [JSON.stringify(trials)],
  });
}

/** The webhook is down for some of the trials of one Experiment: those are pulled. */
async function checkWebhookAway(lab: FullLab, report: Report): Promise<void> {
  const { experiment } = experimentOf(training);
  experiment.metadata.name = 'webhook-away';
  experiment.spec.maxTrialCount = 6;
  const lrs = ['0.06', '0.05', '0.04', '0.03', '0.02', '0.01'];
  const running = runExperiment(lab, REWRITTEN, experiment, { assignments: lrs.map((lr) => ({ lr })) });
  await waitFor(
    'two trials',
    async () => (await trialsOf(lab.kube, REWRITTEN, 'webhook-away')).length >= 2,
    90,
  );
  await lab.killWebhook();
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

/**
 * The DB manager is away while a trial runs, which waits for it as long as it takes; the webhook is gone by now, so there is
 * another one.
 */
async function checkManagerAway(lab: FullLab, report: Report): Promise<void> {
  await lab.restartWebhook();
  const name = 'manager-away';
  const { experiment } = experimentOf(lasting);
  experiment.metadata.name = name;
  const [container] = experiment.spec.trialTemplate.trialSpec.spec.template.spec.containers;
  container.env = [{ name: 'KATIB_PUSH_FLUSH_TIMEOUT', value: '120' }];
  const running = runExperiment(lab, REWRITTEN, experiment, first);
  const client = connect(lab.manager.address);
  await waitFor('a row of the trial', async () => {
    const [trial] = await trialsOf(lab.kube, REWRITTEN, name);
    return trial !== undefined && (await client.get({ trial_name: trial.metadata.name })).length > 0;
  });
  client.grpc.close();
  await lab.manager.kill();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await lab.manager.start();
  const { trials } = await running;
  const expected = '{"accuracy":"0.90 / 1.48 / 1.48","loss":"0.0007 / 0.0200 / 0.0007"}';
  const found = JSON.stringify(trials[0]?.metrics);
  report({
    what: 'a DB manager that is away for 5 s',
    against: AGAINST,
    found: `${trials[0]?.condition} (${trials[0]?.collector}): ${found}`,
    wrong: found === expected && trials[0]?.collector === 'Push' ? [] : [`not ${expected}`],
  });
}
