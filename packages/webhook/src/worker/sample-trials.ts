import { annotationPrefix } from '@katib-push/katib';

const template = {
  spec: {
    containers: [{ name: 'main', image: 'train', command: ['python3', 'train.py', '&&', 'echo', 'done'] }],
  },
};
const named = { name: 'warm-up-1', namespace: 'warm-up' };
const spec = {
  objective: {
    type: 'maximize',
    objectiveMetricName: 'accuracy',
    additionalMetricNames: ['loss'],
    metricStrategies: [{ name: 'accuracy', value: 'max' }],
  },
  parameterAssignments: [{ name: 'lr', value: '0.01' }],
  metricsCollector: { collector: { kind: 'StdOut' } },
  primaryContainerName: 'main',
  runSpec: { apiVersion: 'batch/v1', kind: 'Job', metadata: named, spec: { template } },
};

/** A Trial as Katib creates it, with words that have to be joined. */
export const sampleTrial = trialOf(spec);

/** One that needs most parts of the shim. */
export const fullestTrial = trialOf({
  ...spec,
  earlyStoppingRules: [{ name: 'accuracy', value: '0.5', comparison: 'less', startStep: 4 }],
  metricsCollector: {
    collector: { kind: 'File' },
    source: {
      fileSystemPath: { path: '/metrics/log.json', kind: 'File', format: 'JSON' },
      filter: { metricsFormat: ['(\\w+): ([\\d.]+)'] },
    },
  },
  primaryPodLabels: { 'training.kubeflow.org/job-role': 'master' },
  runSpec: {
    apiVersion: 'kubeflow.org/v1',
    kind: 'PyTorchJob',
    metadata: named,
    spec: { pytorchReplicaSpecs: { Master: { template }, Worker: { template } } },
  },
});

function trialOf(given: object) {
  const labels = {
    [`${annotationPrefix}capture`]: 'container',
    [`${annotationPrefix}algorithm`]: 'random',
    'katib.kubeflow.org/experiment': 'warm-up',
  };
  return {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Trial',
    metadata: { ...named, labels },
    spec: given,
  };
}
