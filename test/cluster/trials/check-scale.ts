import { PLAIN, REWRITTEN } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import type { FullLab } from './lab.ts';
import { runExperiment } from './run-experiment.ts';
import { experimentOf, specialCases } from './special-cases.ts';

/** Trials of an Experiment, and how many run at once. */
const SIZES = [
  { trials: 1, atOnce: 1 },
  { trials: 20, atOnce: 5 },
];

/** Seconds from create to Succeeded, for Experiments of several sizes; a trial itself takes about one. */
export async function checkScale(lab: FullLab, report: Report): Promise<void> {
  for (const { trials, atOnce } of SIZES) {
    const { experiment } = experimentOf(specialCases[0]!);
    experiment.metadata.name = `of-${trials}`;
    Object.assign(experiment.spec, { maxTrialCount: trials, parallelTrialCount: atOnce });
    const assignments = Array.from({ length: trials }, (_, at) => ({
      lr: (0.01 * (trials - at)).toFixed(2),
    }));
    const run = (namespace: string) => runExperiment(lab, namespace, experiment, { assignments }, 600);
    const [pull, push] = [await run(PLAIN), await run(REWRITTEN)];
    const both = [pull, push];
    const good = both.every(
      (each) =>
        each.trials.length === trials && each.trials.every(({ condition }) => condition === 'Succeeded'),
    );
    report({
      what: `${trials} trials, ${atOnce} at once: seconds from create to Succeeded`,
      against: 'Katib; kubelet stand-in',
      found: `${pull.seconds.toFixed(1)} by pull, ${push.seconds.toFixed(1)} by push`,
      wrong: good ? [] : both.map(({ trials: all }) => JSON.stringify(all.map(({ condition }) => condition))),
    });
  }
}
