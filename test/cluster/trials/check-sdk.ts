import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PLAIN, REWRITTEN } from '../admission/world.ts';
import { makePythonEnvironment } from '../build/python-environment.ts';
import type { Report } from '../report/check.ts';
import type { FullLab } from './lab.ts';
import {
  compareMetrics,
  type ExperimentOutcome,
  expectExperiment,
  followExperiment,
  type TrialOutcome,
} from './run-experiment.ts';

const python = join(import.meta.dirname, '../../../.venv/bin/python');
const run = promisify(execFile);

/** An Experiment that Katib's SDK makes of a function: pulled from StdOut, and with its collector Push. */
export async function checkTune(lab: FullLab, report: Report): Promise<void> {
  const tune = async (namespace: string, collector: string) => {
    const name = 'tuned';
    expectExperiment(lab, namespace, name, { assignments: [{ lr: '0.04' }, { lr: '0.02' }] });
    const began = performance.now();
    await run(python, [join(import.meta.dirname, 'sdk/tune.py'), lab.kubeconfig, namespace, name, collector]);
    return followExperiment(lab, namespace, name, began);
  };
  const pull = await tune(PLAIN, 'StdOut');
  const push = await tune(REWRITTEN, 'Push');
  const agreed = agreement(pull, push);
  const good = agreed !== undefined && pull.condition === 'Succeeded' && push.condition === 'Succeeded';
  report({
    what: 'KatibClient.tune() of the SDK, 2 trials',
    against: 'Katib; kubelet stand-in',
    found: `pull: ${pull.condition} in ${pull.seconds.toFixed(1)} s; push: ${push.condition} in ${push.seconds.toFixed(1)} s; ${agreed}`,
    wrong: good ? [] : [JSON.stringify([pull, push].map(observed))],
  });
}

/**
 * An Experiment of TrainJobs that the OptimizerClient makes of a function: it can't ask for Push, so it is for the server to
 * take each one; its trials then run under the shim.
 */
export async function checkOptimize(lab: FullLab, report: Report): Promise<void> {
  const what = 'OptimizerClient.optimize() of the SDK: TrainJobs, 2 trials';
  const against = 'Katib; stand-ins of Trainer and kubelet';
  const environment = await makePythonEnvironment('sdk', join(import.meta.dirname, 'sdk/requirements.txt'));
  if ('missing' in environment)
    return report({ what, against, found: '', wrong: [], skipped: environment.missing });
  const optimize = async (namespace: string) => {
    const began = performance.now();
    const script = join(import.meta.dirname, 'sdk/optimize.py');
    const { stdout } = await run(environment.python, [script, lab.kubeconfig, namespace]);
    const name = stdout.trim();
    // its name is random: until now nobody could reach its suggestions
    expectExperiment(lab, namespace, name, { assignments: [{ lr: '0.04' }, { lr: '0.02' }] });
    return followExperiment(lab, namespace, name, began);
  };
  const pull = await optimize(PLAIN);
  await lab.restartWebhook(['--enable']);
  const push = await optimize(REWRITTEN);
  await lab.restartWebhook();
  const agreed = agreement(pull, push);
  const collectors = [pull, push].map(({ trials }) => trials.map(({ collector }) => collector).join());
  const good = agreed !== undefined && pull.condition === 'Succeeded' && push.condition === 'Succeeded';
  report({
    what,
    against,
    found: `pull: ${pull.condition} in ${pull.seconds.toFixed(1)} s (${collectors[0]}); push: ${push.condition} in ${push.seconds.toFixed(1)} s (${collectors[1]}); ${agreed}`,
    wrong: good && collectors[1] === 'Push,Push' ? [] : [JSON.stringify([pull, push].map(observed))],
  });
}

/** What Katib keeps of the trials, whatever their names. */
function observed({ trials }: Pick<ExperimentOutcome, 'trials'>): readonly TrialOutcome['metrics'][] {
  return trials
    .map(({ metrics }) => metrics)
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** How the trials of two Experiments compare, in words; undefined where they differ. */
function agreement(pull: Pick<ExperimentOutcome, 'trials'>, push: Pick<ExperimentOutcome, 'trials'>) {
  const [pulled, pushed] = [observed(pull), observed(push)];
  const all = pushed.map((metrics, at) => compareMetrics(pulled[at] ?? {}, metrics));
  if (pulled.length !== pushed.length || all.includes('different')) return undefined;
  return `both ${JSON.stringify(pushed)}${all.includes('latest') ? ", but for pull's latest" : ''}`;
}
