/** A Kubernetes object, as JSON. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';

/** What the API server sends to a webhook. Source: Kubernetes, `k8s.io/api/admission/v1`. */
export interface AdmissionReviewRequest {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly request: {
    readonly uid: string;
    readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
    readonly resource: { readonly group: string; readonly version: string; readonly resource: string };
    readonly subResource?: string;
    readonly requestKind: { readonly group: string; readonly version: string; readonly kind: string };
    readonly name: string;
    readonly namespace: string;
    readonly operation: Operation;
    readonly userInfo: { readonly username: string; readonly groups: readonly string[] };
    readonly object: KubernetesObject | null;
    readonly oldObject: KubernetesObject | null;
    readonly dryRun: boolean;
    readonly options: KubernetesObject;
  };
}

/** What a request to the double is about. */
export interface Attempt {
  readonly operation: Operation;
  readonly object: KubernetesObject | null;
  readonly oldObject: KubernetesObject | null;
  readonly subResource?: string;
  readonly dryRun?: boolean;
}

/** The review of an attempt at one moment of the admission chain. */
export function reviewOf(attempt: Attempt, uid: string): AdmissionReviewRequest {
  const { operation, object, oldObject, subResource, dryRun = false } = attempt;
  const {
    apiVersion = '',
    kind = '',
    metadata = {},
  } = (object ?? oldObject ?? {}) as {
    apiVersion?: string;
    kind?: string;
    metadata?: { name?: string; namespace?: string };
  };
  const [group = '', version = ''] = apiVersion.split('/');
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid,
      kind: { group, version, kind },
      resource: { group, version, resource: `${kind.toLowerCase()}s` },
      ...(subResource === undefined ? {} : { subResource }),
      requestKind: { group, version, kind },
      name: metadata.name ?? '',
      namespace: metadata.namespace ?? '',
      operation,
      userInfo: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] },
      object,
      oldObject,
      dryRun,
      options: {
        apiVersion: 'meta.k8s.io/v1',
        kind: `${operation[0]}${operation.slice(1).toLowerCase()}Options`,
      },
    },
  };
}
