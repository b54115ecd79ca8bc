import { valueAt } from '@katib-push/katib';
import { substitute } from '@katib-push/oracle';

/**
 * The Trial that Katib creates of an Experiment, as an admission webhook sees it. Source: Katib, experiment controller,
 * `createTrialInstance`.
 *
 * @param set values of the parameters
 * @param more what the Experiment does not say: early stopping rules, the job of a template that is elsewhere
 */
export function renderTrial(
  experiment: unknown,
  set: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const at = (...path: string[]): unknown => valueAt(experiment, path);
  const experimentName = String(at('metadata', 'name'));
  const [name, namespace] = [`${experimentName}-trial`, String(at('metadata', 'namespace'))];
  const template = at('spec', 'trialTemplate', 'trialSpec');
  const job =
    template &&
    valueAt(substitute(experiment, set, { trialName: name, namespace }), [
      'spec',
      'trialTemplate',
      'trialSpec',
    ]);
  const labels = { ...(at('metadata', 'labels') as object), 'katib.kubeflow.org/experiment': experimentName };
  const primaryPodLabels = at('spec', 'trialTemplate', 'primaryPodLabels');
  return {
    apiVersion: 'kubeflow.org/v1beta1',
    kind: 'Trial',
    metadata: { name, namespace, labels },
    spec: {
      objective: at('spec', 'objective'),
      parameterAssignments: Object.entries(set).map(([key, value]) => ({ name: key, value })),
      ...(job ? { runSpec: { ...(job as object), metadata: { name, namespace } } } : {}),
      metricsCollector: at('spec', 'metricsCollectorSpec') ?? { collector: { kind: 'StdOut' } },
      ...(primaryPodLabels ? { primaryPodLabels } : {}),
      primaryContainerName: at('spec', 'trialTemplate', 'primaryContainerName'),
      ...more,
    },
  };
}
