import type { MetricReport } from '@katib-push/core';
import { readsLines } from './collector.ts';
import type { ScriptsReport } from './diagnostics/diagnose.ts';
import type { Experiment } from './read-experiment.ts';

/** What a rewritten Experiment does, in one line: `pushes loss and accuracy, no sidecar`. */
export function summarize({ metrics }: ScriptsReport, experiment: Experiment): string {
  const sidecar = experiment.collector === 'StdOut' ? ', no sidecar' : '';
  return `pushes ${listed(coveredOf(metrics)) || 'what is known only at run time'}${sidecar}${butFor(metrics)}`;
}

/** What an Experiment whose trials are captured does, in one line: what no statement is seen to print is looked for. */
export function describeCapture({ collector, file }: Experiment, { metrics }: ScriptsReport): string {
  const from = collector === 'File' ? file.path : "the container's output";
  const sidecar = readsLines(collector) ? ', no sidecar' : '';
  const sure = listed(metrics.filter(({ covered }) => covered === 'yes').map(({ name }) => name));
  const sought = listed(metrics.filter(({ covered }) => covered === 'possibly').map(({ name }) => name));
  const found = sure === '' ? '' : `${sure} from ${from}`;
  const named = sought === '' ? '' : `what names ${sought} in ${sure === '' ? from : 'it'}`;
  const pushed = [found, named].filter((part) => part !== '').join(' and ');
  return `${pushed === '' ? `reads ${from}` : `pushes ${pushed}`}${sidecar}${butFor(metrics)}`;
}

/** The objective, where it is not found: it decides. */
function butFor([objective]: readonly MetricReport[]): string {
  return objective?.covered === 'no' ? `; ${objective.name} is not found: ${objective.reason}` : '';
}

function coveredOf(metrics: readonly MetricReport[]): readonly string[] {
  return metrics.filter(({ covered }) => covered !== 'no').map(({ name }) => name);
}

/** `loss`, `loss and accuracy`, `loss, accuracy and auc`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
