import { type Diagnostic, diagnose, nearMatch } from '@katib-push/core';
import type { Experiment } from '../read-experiment.ts';
import type { Settings } from './settings.ts';

const COLLECTOR = '/spec/metricsCollectorSpec/collector/kind';

/** The kinds that Katib knows; `None` is what `Push` was called before 0.18. */
const collectorKinds = [
  'StdOut',
  'File',
  'TensorFlowEvent',
  'PrometheusMetric',
  'Custom',
  'Push',
  'None',
] as const;
/** Those of trials whose script may be rewritten. */
const outputKinds: ReadonlySet<string> = new Set(['StdOut', 'Push', 'None']);

/** Why an Experiment is left alone before its scripts are read; absent if they should be. */
export function decideBefore(experiment: Experiment, settings: Settings): Diagnostic | undefined {
  const { collector } = experiment;
  if (settings.rewrite === 'disabled')
    return diagnose('disabled', 'The annotation katib-push.io/rewrite says disabled.');
  const kind = collectorKinds.find((one) => one === collector);
  if (!kind)
    return diagnose(
      'other-collector',
      `Katib knows no metrics collector ${JSON.stringify(collector)}${nearMatch(collector, collectorKinds)}`.replace(
        /[^?]$/,
        '$&.',
      ),
      { pointer: COLLECTOR, hint: `Use one of: ${collectorKinds.join(', ')}.` },
    );
  if (!outputKinds.has(kind))
    return diagnose(
      'other-collector',
      `The metrics collector is ${JSON.stringify(collector)}: metrics don't come from the output.`,
      { pointer: COLLECTOR },
    );
  if (collector === 'StdOut' && settings.rewrite === 'default')
    return diagnose('not-enabled', 'The metrics collector is StdOut, and nothing asks for a rewrite.');
  if (collector === 'StdOut' && experiment.sharesFolder)
    return diagnose(
      'needs-sidecar-volume',
      'The algorithm keeps a folder between trials (suggestion_trial_dir), which trials that push do not get.',
      { pointer: '/spec/algorithm/algorithmSettings' },
    );
  if (experiment.earlyStopping && settings.rewrite !== 'forced')
    return diagnose(
      'early-stopping',
      'Early stopping is configured: its rules are enforced by the sidecar alone.',
      { pointer: '/spec/earlyStopping' },
    );
  return undefined;
}
