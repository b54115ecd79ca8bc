/** What the adapter reads of an admission request, types checked. Source: Kubernetes, `k8s.io/api/admission/v1`. */
export interface AdmissionRequest {
  /** Not empty. */
  readonly uid: string;
  /** `CREATE`, `UPDATE`, `DELETE`, `CONNECT`; an empty string where the request names none. */
  readonly operation: string;
  /** `status`, `scale`; an empty string for the object itself. */
  readonly subResource: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  /** Absent where the request names none. */
  readonly name?: string;
  readonly namespace?: string;
  readonly dryRun: boolean;
  /** As given: null on DELETE, any type in a damaged request. */
  readonly object: unknown;
  readonly oldObject: unknown;
}
