import { type Manifest, ofKind, only } from '../manifests.ts';

/** What the API server would be told wrongly. */
export function checkWebhook(manifests: readonly Manifest[]): readonly string[] {
  const { webhooks } = only(manifests, 'MutatingWebhookConfiguration');
  const [webhook, trials] = webhooks;
  if (webhooks.length !== 2) return [`there are ${webhooks.length} webhooks`];
  const problems = [
    ...compare(webhook, ruleFor('experiments', ['CREATE', 'UPDATE'])),
    ...compare(trials, {
      ...ruleFor('trials', ['CREATE']),
      clientConfig: webhook.clientConfig,
      failurePolicy: webhook.failurePolicy,
      namespaceSelector: webhook.namespaceSelector,
      objectSelector: {
        matchExpressions: [{ key: 'katib-push.io/capture', operator: 'In', values: ['container'] }],
      },
    }),
  ];
  // The namespace of the server itself and kube-system must not depend on it where every other one takes part.
  const expressions: readonly Manifest[] = webhook.namespaceSelector.matchExpressions ?? [];
  const out = expressions.find(({ key }) => key === 'kubernetes.io/metadata.name');
  if (
    !webhook.namespaceSelector.matchLabels &&
    out &&
    !out.values.includes(webhook.clientConfig.service.namespace) &&
    !(expressions.some(({ key }) => key === takesPart) && isOutByLabel(manifests, webhook))
  ) {
    problems.push("the server's own namespace takes part");
  }
  if (!webhook.namespaceSelector.matchLabels && expressions.length === 0)
    problems.push('every namespace takes part');
  return problems;
}

const takesPart = 'katib-push.io/rewrite';

/** Whether the server's own namespace comes with the label of one that takes no part. */
function isOutByLabel(manifests: readonly Manifest[], { clientConfig }: Manifest): boolean {
  const own = ofKind(manifests, 'Namespace').find(
    ({ metadata }) => metadata.name === clientConfig.service.namespace,
  );
  return own?.metadata.labels?.[takesPart] === 'disabled';
}

/** What both webhooks have, and the rule that is theirs. */
function ruleFor(resource: string, operations: readonly string[]): Readonly<Record<string, unknown>> {
  const apiGroups = ['kubeflow.org'];
  return {
    sideEffects: 'None',
    matchPolicy: 'Equivalent',
    admissionReviewVersions: ['v1'],
    rules: [{ apiGroups, apiVersions: ['v1beta1'], operations, resources: [resource], scope: 'Namespaced' }],
  };
}

function compare(webhook: Manifest, wanted: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(wanted).flatMap(([field, value]) =>
    JSON.stringify(webhook[field]) === JSON.stringify(value)
      ? []
      : [`${field} is ${JSON.stringify(webhook[field])}`],
  );
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
