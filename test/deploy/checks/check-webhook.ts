import { type Manifest, only } from '../manifests.ts';

/** What the API server would be told wrongly. */
export function checkWebhook(manifests: readonly Manifest[]): readonly string[] {
  const { webhooks } = only(manifests, 'MutatingWebhookConfiguration');
  const [webhook] = webhooks;
  const wanted: Readonly<Record<string, unknown>> = {
    sideEffects: 'None',
    matchPolicy: 'Equivalent',
    admissionReviewVersions: ['v1'],
    rules: [
      {
        apiGroups: ['kubeflow.org'],
        apiVersions: ['v1beta1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['experiments'],
        scope: 'Namespaced',
      },
    ],
  };
  const problems = Object.entries(wanted).flatMap(([field, value]) =>
    JSON.stringify(webhook[field]) === JSON.stringify(value)
      ? []
      : [`${field} is ${JSON.stringify(webhook[field])}`],
  );
  if (webhooks.length !== 1) problems.push(`there are ${webhooks.length} webhooks`);
  // The namespace of the server itself and kube-system must not depend on it where every other one takes part.
  const expressions: readonly Manifest[] = webhook.namespaceSelector.matchExpressions ?? [];
  const out = expressions.find(({ key }) => key === 'kubernetes.io/metadata.name');
  if (
    !webhook.namespaceSelector.matchLabels &&
    out &&
    !out.values.includes(webhook.clientConfig.service.namespace)
  ) {
    problems.push("the server's own namespace takes part");
  }
  if (!webhook.namespaceSelector.matchLabels && expressions.length === 0)
    problems.push('every namespace takes part');
  return problems;
}

/** Objects outside of the one namespace, without the common labels, or with a name twice. */
export function checkNames(manifests: readonly Manifest[]): readonly string[] {
  const clusterWide = /^(?:Namespace|MutatingWebhookConfiguration|ClusterRole|ClusterRoleBinding)$/;
  const { namespace } = only(manifests, 'Deployment').metadata;
  const names = new Set<string>();
  return manifests.flatMap(({ kind, metadata }) => {
    const name = `${kind} ${metadata.name}`;
    const problems = names.has(name) ? [`${name} is there twice`] : [];
    names.add(name);
    if (metadata.namespace !== (clusterWide.test(kind) ? undefined : namespace)) {
      problems.push(`${name} is in the namespace ${metadata.namespace}`);
    }
    if (metadata.labels?.['app.kubernetes.io/part-of'] !== 'katib-push')
      problems.push(`${name} has no label part-of`);
    return problems;
  });
}
