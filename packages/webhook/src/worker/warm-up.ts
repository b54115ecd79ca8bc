import type { Language } from '@katib-push/core';
import { type RewriteOptions, rewriteTrialWith, rewriteWith } from '@katib-push/katib';
import { fullestTrial, sampleTrial } from './sample-trials.ts';

/** A trial as the SDK makes it, which needs the shell and Python. */
const sample = {
  apiVersion: 'kubeflow.org/v1beta1',
  kind: 'Experiment',
  metadata: { name: 'warm-up' },
  spec: {
    objective: { objectiveMetricName: 'accuracy', additionalMetricNames: ['loss'] },
    metricsCollectorSpec: { collector: { kind: 'Push' } },
    trialTemplate: {
      primaryContainerName: 'main',
      trialParameters: [{ name: 'lr', reference: 'lr' }],
      trialSpec: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: {
          template: { spec: { containers: [{ name: 'main', command: ['bash', '-c'], args: [script()] }] } },
        },
      },
    },
  },
};

/** How often a Trial is rewritten: Katib creates them in bursts, and the engine compiles what has run often. */
const trials = 100;

/** Rewrites a small Experiment and Trials, so that no request pays for what is read and compiled at the first use. */
export function warmUp(languages: readonly Language[], options: RewriteOptions): void {
  rewriteWith(languages, sample, options);
  rewriteTrialWith(languages, fullestTrial, options);
  for (let count = 0; count < trials; count++) rewriteTrialWith(languages, sampleTrial, options);
}

function script(): string {
  return [
    'read -r -d "" SCRIPT << EOM',
    'def objective(parameters):',
    '    print(f"accuracy={parameters}, loss=%.3f" % 0.5)',
    'objective("${trialParameters.lr}")',
    'EOM',
    'printf "%s" "$SCRIPT" > train.py',
    'python3 -u train.py',
  ].join('\n');
}
