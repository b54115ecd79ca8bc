import type { ExperimentComparison } from './compare-experiment.ts';
import { describeEnd } from './trial/trial-run.ts';

/** A verdict for people, line by line: what it is, each difference, known differences, masks and notes. */
export function describeVerdict(result: ExperimentComparison): readonly string[] {
  const { comparison, problems } = result;
  return [
    headline(result),
    ...comparison.differences.map(({ where, message }) => `  ${where}: ${message}`),
    ...problems.map(({ rule, message }) => `  experiment: ${message} (${rule})`),
    ...comparison.knownDifferences.map(({ rule, message }) => `  known (${rule}): ${message}`),
    ...(comparison.masks.length > 0 ? [`  masked: ${comparison.masks.join(', ')}`] : []),
    ...comparison.notes.map((note) => `  note: ${note}`),
  ];
}

function headline({ identical, changed, comparison, problems, rewritten }: ExperimentComparison): string {
  if (!changed) return `identical: the Experiment is unchanged, ran once, ${describeEnd(rewritten)}`;
  const count = comparison.differences.length + problems.length;
  if (!identical) return `different: ${plural(count, 'difference')}`;
  const output =
    comparison.deterministic === false ? 'output not deterministic' : 'stdout and stderr the same';
  const end = `${plural(comparison.rows.pushed, 'row')} pushed, ${output}, ${describeEnd(rewritten)}`;
  if (comparison.lost > 0)
    return `rows lost: ${plural(comparison.lost, 'row')} of a wanted metric not pushed; ${end}`;
  return `identical: ${end}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
