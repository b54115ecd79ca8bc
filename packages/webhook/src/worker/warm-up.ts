import type { Language } from '@katib-push/core';
import { rewriteWith } from '@katib-push/katib';

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

/** Rewrites a small Experiment, so that no request pays for what is loaded and compiled at the first use. */
export function warmUp(languages: readonly Language[]): void {
  rewriteWith(languages, sample);
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
