/** A path into an object and the value to put there; `undefined` removes. */
export type Override = readonly [path: readonly (string | number)[], value: unknown];

/** Where the container of the sample stands. */
export const containerPath = [
  'spec',
  'trialTemplate',
  'trialSpec',
  'spec',
  'template',
  'spec',
  'containers',
  0,
];

/** A small Experiment that is rewritten, with some fields set otherwise. */
export function sampleExperiment(...overrides: readonly Override[]): Record<string, unknown> {
  const experiment: Record<string, unknown> = {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    metadata: { name: 'tune', namespace: 'kubeflow' },
    spec: {
      objective: { type: 'maximize', objectiveMetricName: 'accuracy', additionalMetricNames: ['loss'] },
      algorithm: { algorithmName: 'random' },
      metricsCollectorSpec: { collector: { kind: 'Push' } },
      parameters: [{ name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.01', max: '0.1' } }],
      trialTemplate: {
        primaryContainerName: 'main',
        trialParameters: [{ name: 'lr', reference: 'lr' }],
        trialSpec: job([
          {
            name: 'main',
            image: 'python:3.11',
            command: ['python3', '-c'],
            args: ["lr = ${trialParameters.lr}\nprint(f'accuracy={1 - lr}')\nprint(f'loss={lr}')\n"],
          },
        ]),
      },
    },
  };
  for (const [path, value] of overrides) put(experiment, path, value);
  return experiment;
}

/** A batch/v1 Job with these containers. */
export function job(containers: readonly unknown[]): Record<string, unknown> {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: { template: { spec: { containers, restartPolicy: 'Never' } } },
  };
}

function put(root: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void {
  let at = root as Record<string | number, unknown>;
  for (const token of path.slice(0, -1)) {
    at[token] ??= {};
    at = at[token] as Record<string | number, unknown>;
  }
  const last = path.at(-1) as string | number;
  if (value === undefined) delete at[last];
  else at[last] = value;
}
