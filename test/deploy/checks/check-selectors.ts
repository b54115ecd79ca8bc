import { type Manifest, ofKind, only, podTemplates, selects } from '../manifests.ts';

/** Selectors that miss the Pods that they are for, or hit others. */
export function checkSelectors(manifests: readonly Manifest[]): readonly string[] {
  const deployment = only(manifests, 'Deployment');
  const { labels } = deployment.spec.template.metadata;
  const others = podTemplates(manifests).filter(({ owner }) => owner !== deployment);
  const selectors: (readonly [string, Readonly<Record<string, string>>])[] = [
    ['Deployment', deployment.spec.selector.matchLabels],
    ['Service', only(manifests, 'Service').spec.selector],
    ...ofKind(manifests, 'PodDisruptionBudget').map(
      ({ spec }) => ['PodDisruptionBudget', spec.selector.matchLabels] as const,
    ),
    ...deployment.spec.template.spec.topologySpreadConstraints.map(
      ({ labelSelector }: Manifest) => ['topologySpreadConstraints', labelSelector.matchLabels] as const,
    ),
  ];
  const problems = selectors.flatMap(([name, selector]) => [
    ...(selects(selector, labels) ? [] : [`${name} doesn't select the server's Pods`]),
    ...others
      .filter(({ pod }) => selects(selector, pod.metadata.labels))
      .map(({ owner }) => `${name} selects the Pods of the ${owner.kind}`),
  ]);
  const policies = ofKind(manifests, 'NetworkPolicy');
  const covered = podTemplates(manifests).flatMap(({ owner, pod }) => {
    const count = policies.filter(({ spec }) =>
      selects(spec.podSelector.matchLabels, pod.metadata.labels),
    ).length;
    return policies.length > 0 && count !== 1
      ? [`${count} NetworkPolicies select the Pods of the ${owner.kind}`]
      : [];
  });
  const monitors = ofKind(manifests, 'ServiceMonitor').flatMap(({ spec }) =>
    selects(spec.selector.matchLabels, only(manifests, 'Service').metadata.labels)
      ? []
      : ["ServiceMonitor doesn't select the Service"],
  );
  return [...problems, ...covered, ...monitors];
}
