import type { ScriptsReport } from '@katib-push/core';
import type { Experiment } from './read-experiment.ts';

/** What a rewritten Experiment does, in one line: `pushes loss and accuracy, no sidecar`. */
export function summarize(report: ScriptsReport, experiment: Experiment): string {
  const covered = report.metrics.filter((metric) => metric.covered !== 'no').map((metric) => metric.name);
  const sidecar = experiment.collector === 'StdOut' ? ', no sidecar' : '';
  return `pushes ${listed(covered) || 'what is known only at run time'}${sidecar}`;
}

/** `loss`, `loss and accuracy`, `loss, accuracy and auc`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** What an Experiment whose trials are captured does, in one line. */
export function describeCapture({ metrics, collector, file }: Experiment): string {
  const from = collector === 'File' ? file.path : "the container's output";
  const sidecar = collector === 'StdOut' || collector === 'File' ? ', no sidecar' : '';
  return `pushes ${listed(metrics)} from ${from}${sidecar}`;
}
