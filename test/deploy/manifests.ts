/** A Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  // biome-ignore lint/suspicious/noExplicitAny: manifests of many kinds, walked by tests
  readonly [field: string]: any;
}

export type Labels = Readonly<Record<string, string>>;

/** The objects of a kind. */
export function ofKind(manifests: readonly Manifest[], kind: string): readonly Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** The only object of a kind. Throws where there is none, or another. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const [found, ...others] = ofKind(manifests, kind);
  if (found === undefined || others.length > 0)
    throw new Error(`${others.length + (found ? 1 : 0)} objects of kind ${kind}`);
  return found;
}

/** The templates of Pods, by the name of what makes them. */
export function podTemplates(
  manifests: readonly Manifest[],
): readonly { readonly owner: Manifest; readonly pod: Manifest }[] {
  return manifests.flatMap((owner) => {
    if (owner.kind === 'Deployment' || owner.kind === 'Job')
      return [{ owner, pod: owner.spec.template as Manifest }];
    if (owner.kind === 'Pod') return [{ owner, pod: owner }];
    if (owner.kind === 'CronJob') return [{ owner, pod: owner.spec.jobTemplate.spec.template as Manifest }];
    return [];
  });
}

/** Whether a selector of labels alone matches. */
export function selects(selector: Labels, labels: Labels = {}): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
