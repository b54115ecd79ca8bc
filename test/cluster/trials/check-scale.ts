import { join } from 'node:path';
import { quantile } from '../../bench/ratio.ts';
import { renderRows, writeSection } from '../../write-section.ts';
import { PLAIN, REWRITTEN } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import { readCosts } from './costs.ts';
import { describePods } from './describe-pods.ts';
import type { FullLab } from './lab.ts';
import { type ExperimentOutcome, expectExperiment, runExperiment } from './run-experiment.ts';
import { MEASURED } from './run-pod.ts';
import { experimentOf, paced } from './special-cases.ts';
import { watchRows } from './watch-rows.ts';

/** Trials of an Experiment, and how many run at once. */
const SIZES = [
  { trials: 1, atOnce: 1 },
  { trials: 20, atOnce: 5 },
  { trials: 100, atOnce: 10 },
];

const evaluation = join(import.meta.dirname, '../../../docs/evaluation.md');

/** What an Experiment came to. */
interface Measured extends ExperimentOutcome {
  /** Seconds from the print of a row to the DB manager's answer with it, in ascending order. */
  readonly visible: readonly number[];
}

/**
 * Experiments of several sizes, pulled and pushed from a shell script under the shim: how long they take, what their pods
 * cost, when their rows can be read. Writes the tables of docs/evaluation.md.
 */
export async function checkScale(lab: FullLab, report: Report): Promise<void> {
  await announce(lab);
  const table: string[][] = [];
  for (const { trials, atOnce } of SIZES) {
    const ways = { pull: PLAIN, push: REWRITTEN };
    const wrong: string[] = [];
    const seconds: string[] = [];
    for (const [way, namespace] of Object.entries(ways)) {
      const measured = await measure(lab, namespace, trials, atOnce);
      const conditions = measured.trials.map(({ condition }) => condition);
      if (conditions.length !== trials || conditions.some((each) => each !== 'Succeeded'))
        wrong.push(`${way}: ${conditions}`);
      if (measured.visible.length !== trials * paced.rows)
        wrong.push(`${way}: ${measured.visible.length} rows are stored, of ${trials * paced.rows}`);
      seconds.push(`${measured.seconds.toFixed(1)} by ${way}`);
      table.push([String(trials), way, ...describe(lab, namespace, nameOf(trials), measured)]);
    }
    report({
      what: `${trials} trials, ${atOnce} at once: seconds from create to Succeeded`,
      against: 'Katib; kubelet stand-in',
      found: seconds.join(', '),
      wrong,
    });
  }
  const head = [
    'trials',
    'way',
    'seconds to Succeeded',
    'CPU seconds: container',
    'sidecar',
    'peak MB: container',
  ];
  const rows = renderRows(
    [...head, 'sidecar', 'print to visible: median', 'most'],
    table,
    [0, 2, 3, 4, 5, 6, 7, 8],
  );
  writeSection(evaluation, 'pnpm test:cluster, scale', rows);
  writeSection(evaluation, 'pnpm test:cluster, pods', await describePods(lab, nameOf(1)));
}

/** Seconds for which Go keeps what it read of `hosts`. */
const HOSTS_ARE_KEPT = 5;

/** Lets Katib know the names of all services beforehand, as those of a cluster are: it would wait for them otherwise. */
async function announce(lab: FullLab): Promise<void> {
  for (const { trials } of SIZES)
    for (const namespace of [PLAIN, REWRITTEN])
      expectExperiment(lab, namespace, nameOf(trials), { assignments: [] });
  await new Promise((resolve) => setTimeout(resolve, (HOSTS_ARE_KEPT + 1) * 1000));
}

const nameOf = (trials: number) => `of-${trials}`;

async function measure(lab: FullLab, namespace: string, trials: number, atOnce: number): Promise<Measured> {
  const { experiment } = experimentOf(paced);
  const name = nameOf(trials);
  experiment.metadata.name = name;
  Object.assign(experiment.spec, { maxTrialCount: trials, parallelTrialCount: atOnce });
  const { trialTemplate } = experiment.spec;
  trialTemplate.retain = true;
  trialTemplate.trialSpec.spec.template.metadata = { annotations: { [MEASURED]: 'true' } };
  const assignments = Array.from({ length: trials }, (_, at) => ({ lr: (0.01 + 0.004 * at).toFixed(3) }));
  const rows = watchRows(lab, namespace, name);
  try {
    const outcome = await runExperiment(lab, namespace, experiment, { assignments }, { seconds: 900 });
    return { ...outcome, visible: await rows.end() };
  } finally {
    await rows.end();
  }
}

/** Cells of the table: seconds, medians of what a trial costs, seconds until a row is visible. */
function describe(
  { stack }: FullLab,
  namespace: string,
  experiment: string,
  { seconds, visible }: Measured,
): readonly string[] {
  const costs = readCosts(stack, namespace, experiment);
  const median = (containers: readonly { cpu: number; peak: number }[], of: 'cpu' | 'peak') =>
    containers.length === 0
      ? undefined
      : quantile(
          containers.map((each) => each[of]).sort((a, b) => a - b),
          0.5,
        );
  const [main, sidecar] = [
    costs.filter(({ name }) => name === 'main'),
    costs.filter(({ name }) => name !== 'main'),
  ];
  const show = (value: number | undefined, scale: number, digits: number) =>
    value === undefined ? '' : (value / scale).toFixed(digits);
  return [
    seconds.toFixed(1),
    ...[main, sidecar].map((each) => show(median(each, 'cpu'), 1, 2)),
    ...[main, sidecar].map((each) => show(median(each, 'peak'), 1024, 1)),
    quantile(visible, 0.5).toFixed(1),
    Math.max(...visible).toFixed(1),
  ];
}
