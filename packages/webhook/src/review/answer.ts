import type { AdmissionAnswer } from '../admission-review.ts';
import type { Decision } from './decision.ts';

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
