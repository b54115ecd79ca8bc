import { type Diagnostic, diagnose } from '@katib-push/core';
import type { Experiment } from '../read-experiment.ts';
import type { Settings } from './settings.ts';

/** Why an Experiment is left alone before its scripts are read; absent if they should be. */
export function decideBefore(experiment: Experiment, settings: Settings): Diagnostic | undefined {
  const { collector } = experiment;
  if (settings.rewrite === 'disabled')
    return diagnose('disabled', 'The annotation katib-push.io/rewrite says disabled.');
  if (!['StdOut', 'Push', 'None'].includes(collector))
    return diagnose(
      'other-collector',
      `The metrics collector is ${JSON.stringify(collector)}: metrics don't come from the output.`,
      {
        pointer: '/spec/metricsCollectorSpec/collector/kind',
      },
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
