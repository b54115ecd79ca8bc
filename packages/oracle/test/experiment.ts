/** Parts of a test Experiment; what is absent gets a default that Katib accepts. */
export interface Parts {
  readonly command?: readonly unknown[];
  readonly args?: readonly unknown[];
  readonly env?: readonly unknown[];
  readonly wanted?: readonly string[];
  readonly filters?: readonly string[];
  readonly kind?: string;
  readonly parameters?: readonly unknown[];
  readonly trialParameters?: readonly unknown[];
  readonly annotations?: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests reach into it and spoil it
export type AnyExperiment = any;

/** A valid Experiment with one batch/v1 Job. */
export function experimentOf(parts: Parts = {}): AnyExperiment {
  const [objective = 'loss', ...additional] = parts.wanted ?? ['loss'];
  return {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Experiment',
    metadata: { name: 'tune', ...(parts.annotations ? { annotations: parts.annotations } : {}) },
    spec: {
      objective: { type: 'minimize', objectiveMetricName: objective, additionalMetricNames: additional },
      metricsCollectorSpec: {
        collector: { kind: parts.kind ?? 'StdOut' },
        ...(parts.filters ? { source: { filter: { metricsFormat: parts.filters } } } : {}),
      },
      parameters: parts.parameters ?? [
        { name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.01', max: '0.05' } },
      ],
      trialTemplate: {
        primaryContainerName: 'training',
        trialParameters: parts.trialParameters ?? [{ name: 'learningRate', reference: 'lr' }],
        trialSpec: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'sidecar', image: 'busybox' },
                  {
                    name: 'training',
                    image: 'python:3.12',
                    command: parts.command ?? ['sh', '-c'],
                    args: parts.args ?? [`echo "loss=\${trialParameters.learningRate}"`],
                    ...(parts.env ? { env: parts.env } : {}),
                  },
                ],
              },
            },
          },
        },
      },
    },
  };
}

/** The primary container of such an Experiment. */
export function containerOf(experiment: AnyExperiment): AnyExperiment {
  return experiment.spec.trialTemplate.trialSpec.spec.template.spec.containers[1];
}

/** A copy, changed by a function. */
export function changed(experiment: AnyExperiment, change: (copy: AnyExperiment) => void): AnyExperiment {
  const copy = structuredClone(experiment);
  change(copy);
  return copy;
}
