import { connect, type Row } from '../../../packages/db-manager/test/client.ts';
import { PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import { atOnce } from '../stack/at-once.ts';
import { asPull, fromFile } from './check-fixtures.ts';
import { type Difference, differences, experimentOfDifference } from './differences.ts';
import type { FullLab } from './lab.ts';
import { runExperiment, trialsOf } from './run-experiment.ts';

/** Rows of docs/differences.md: what Katib's DB manager holds of a trial that is pulled, and of the same that is pushed. */
export async function checkDifferences(lab: FullLab, report: Report): Promise<void> {
  await atOnce(4, differences, (each) => checkDifference(lab, each, report));
}

async function checkDifference(lab: FullLab, difference: Difference, report: Report): Promise<void> {
  const experiment = experimentOfDifference(difference);
  const wrong: string[] = [];
  try {
    const expected = { [PLAIN]: difference.pull, [REWRITTEN]: difference.push };
    for (const [namespace, rows] of Object.entries(expected)) {
      // Katib's wrapper would not keep the words of a script in the command
      const pulled = 'script' in difference.run ? fromFile(experiment) : experiment;
      const given = namespace === PLAIN ? asPull(pulled) : experiment;
      const found = await rowsOf(lab, namespace, given, rows.length, difference.withTimes);
      if (found.join() !== rows.join()) wrong.push(`${namespace}: ${found.join(' ')}, not ${rows.join(' ')}`);
    }
  } catch (error) {
    wrong.push(String(error));
  }
  report({
    what: `difference: ${difference.name}`,
    against: 'Katib; kubelet stand-in',
    found: `pull: ${difference.pull.join(' ') || 'nothing'}; push: ${difference.push.join(' ')}`,
    wrong,
  });
}

const show = ({ metric }: Row) => `${metric?.name}=${metric?.value}`;

/** The year of a row's time, or `now` for one of the last day. */
function yearOf({ time_stamp }: Row): string {
  return Date.now() - Date.parse(time_stamp) < 86_400_000 ? 'now' : time_stamp.slice(0, 4);
}

/**
 * The rows of the Experiment's one trial. That an objective is `unavailable` Katib's controller stores once or twice, as it
 * happens to reconcile; it counts as one. Where Katib can't read one of them, the
 * Experiment never ends.
 */
async function rowsOf(
  lab: FullLab,
  namespace: string,
  experiment: Stored,
  expected: number,
  withTimes = false,
): Promise<readonly string[]> {
  const { name } = experiment.metadata;
  const client = connect(lab.manager.address);
  const read = async () => {
    const [trial] = await trialsOf(lab.kube, namespace, name);
    const rows = trial === undefined ? [] : await client.get({ trial_name: trial.metadata.name });
    const shown = rows.map((row) => (withTimes ? `${show(row)} (${yearOf(row)})` : show(row))).sort();
    return shown.filter((row, at) => !(row === shown[at - 1] && row.endsWith('=unavailable')));
  };
  const isThere = async () => namespace === PLAIN && expected > 0 && (await read()).length >= expected;
  await runExperiment(lab, namespace, experiment, { assignments: [{ lr: '0.02' }] }, { until: isThere });
  const rows = await read();
  client.grpc.close();
  return rows;
}
