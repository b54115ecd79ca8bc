import type { PatchOperation } from '@katib-push/katib';
import type { AdmissionAnswer, AdmissionResponse } from '../admission-review.ts';

/** What is decided about one request. */
export interface Decision {
  readonly allowed: boolean;
  /** Empty for no change. */
  readonly patch: readonly PatchOperation[];
  readonly warnings: readonly string[];
  /** Only with `allowed: false`. */
  readonly status?: NonNullable<AdmissionResponse['status']>;
}

/** The AdmissionReview that says so. `patchType` is there if and only if there is something to patch. */
export function answer(uid: string, { allowed, patch, warnings, status }: Decision): AdmissionAnswer {
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid,
      allowed,
      ...(allowed && patch.length > 0
        ? { patch: Buffer.from(JSON.stringify(patch)).toString('base64'), patchType: 'JSONPatch' as const }
        : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(allowed || !status ? {} : { status }),
    },
  };
}
