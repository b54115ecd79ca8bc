import type { PatchOperation } from '@katib-push/katib';
import type { AdmissionAnswer, AdmissionEvent, AdmissionResponse } from '../admission-review.ts';

/** What is decided about one request. */
export interface Decision {
  readonly outcome: AdmissionEvent['outcome'];
  /** Code of the first reason; absent for `rewritten` and `restored`. */
  readonly reason?: string;
  /** Empty for no change. */
  readonly patch: readonly PatchOperation[];
  readonly warnings: readonly string[];
  /** What the API server's audit log keeps of it; absent for nothing. */
  readonly audit?: Readonly<Record<string, string>>;
  /** Why the object is denied; absent where it is allowed. */
  readonly denial?: NonNullable<AdmissionResponse['status']>;
}

/** The AdmissionReview that tells a decision. `patchType` is there if and only if there is something to patch. */
export function answer(uid: string, { patch, warnings, denial, audit }: Decision): AdmissionAnswer {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid,
      allowed: denial === undefined,
      ...(denial === undefined && patch.length > 0
        ? { patch: Buffer.from(JSON.stringify(patch)).toString('base64'), patchType: 'JSONPatch' as const }
        : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(denial === undefined ? {} : { status: denial }),
      ...(audit === undefined ? {} : { auditAnnotations: audit }),
    },
  };
}

/** The operations of an answer's patch, for servers that make the patch themselves; empty where it has none. */
export function decodePatch({ response }: AdmissionAnswer): readonly PatchOperation[] {
  if (response.patch === undefined) return [];
  return JSON.parse(Buffer.from(response.patch, 'base64').toString());
}
