import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../../..');

/** The object of a case in fixtures/experiments. */
export function experimentOf(name: string): Record<string, unknown> {
  return parse(readFileSync(join(root, 'fixtures/experiments', name, 'input.yaml'), 'utf8'));
}

/** What the SDK makes of a script that prints, switched to a push by the source way. */
export function sdkExperiment(): Record<string, unknown> {
  const experiment = experimentOf('sdk-print-enabled');
  const { annotations } = experiment.metadata as { annotations: Record<string, string> };
  annotations['katib-push.io/capture'] = 'source';
  return experiment;
}

/** What the API server sends when an Experiment is created. */
export function reviewOf(experiment: Record<string, unknown>, request: Record<string, unknown> = {}) {
  const { name, namespace } = experiment.metadata as { name: string; namespace: string };
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: '7f1a3c52-6f0e-4c1b-9d2e-6b8a4d2f9c10',
      kind: { group: 'kubeflow.org', version: 'v1beta1', kind: 'Experiment' },
      resource: { group: 'kubeflow.org', version: 'v1beta1', resource: 'experiments' },
      requestKind: { group: 'kubeflow.org', version: 'v1beta1', kind: 'Experiment' },
      requestResource: { group: 'kubeflow.org', version: 'v1beta1', resource: 'experiments' },
      name,
      namespace,
      operation: 'CREATE',
      userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
      object: experiment,
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', fieldManager: 'kubectl-create' },
      ...request,
    },
  };
}

/** A review that is answered without a look at its object. */
export const smallReview = JSON.stringify(
  reviewOf({ metadata: { name: 'none', namespace: 'default' } }, { operation: 'DELETE', object: null }),
);
