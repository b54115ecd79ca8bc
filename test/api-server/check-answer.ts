import type { Operation } from './review.ts';

/** An answer that passed the checks. */
export interface CheckedAnswer {
  readonly allowed: boolean;
  /** Text of the JSON Patch; absent for none. */
  readonly patch?: string;
  readonly warnings: readonly string[];
  readonly message: string;
}

/**
 * Checks an answer as the API server does: `VerifyAdmissionResponse` in
 * `k8s.io/apiserver/pkg/admission/plugin/webhook/request/admissionreview.go`. It throws what makes the call a failed one.
 */
export function checkAnswer(answer: unknown, uid: string, operation: Operation): CheckedAnswer {
  const { apiVersion, kind, response } = (answer ?? {}) as Record<string, unknown>;
  if (apiVersion !== 'admission.k8s.io/v1' || kind !== 'AdmissionReview')
    throw new Error(`expected an AdmissionReview of admission.k8s.io/v1, got ${apiVersion}, ${kind}`);
  if (response === null || typeof response !== 'object') throw new Error('webhook response was absent');
  const { uid: echoed, allowed, patch, patchType, warnings, status } = response as Record<string, unknown>;
  if (echoed !== uid) throw new Error(`expected response.uid=${uid}, got ${echoed}`);
  if (typeof allowed !== 'boolean') throw new Error(`response.allowed is ${typeof allowed}`);
  const hasPatch = patch !== undefined && patch !== null && patch !== '';
  if (hasPatch && patchType === undefined)
    throw new Error('webhook returned response.patch but not response.patchType');
  if (!hasPatch && patchType !== undefined)
    throw new Error('webhook returned response.patchType but not response.patch');
  if (hasPatch && patchType !== 'JSONPatch') throw new Error(`invalid response.patchType ${patchType}`);
  if (hasPatch && (operation === 'DELETE' || operation === 'CONNECT'))
    throw new Error('webhook attempted to modify the object, which is not supported for this operation');
  return {
    allowed,
    ...(hasPatch ? { patch: decode(patch) } : {}),
    warnings: warningsOf(warnings),
    message: messageOf(status),
  };
}

function decode(patch: unknown): string {
  if (
    typeof patch !== 'string' ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(patch)
  )
    throw new Error('response.patch is not base64');
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(patch, 'base64'));
}

function warningsOf(warnings: unknown): readonly string[] {
  if (warnings === undefined) return [];
  if (!Array.isArray(warnings) || warnings.some((warning) => typeof warning !== 'string'))
    throw new Error('response.warnings is no list of strings');
  return warnings as readonly string[];
}

function messageOf(status: unknown): string {
  if (status === undefined) return '';
  const { message, code, reason } = (status ?? {}) as Record<string, unknown>;
  if (typeof message !== 'string' || typeof code !== 'number' || typeof reason !== 'string')
    throw new Error('response.status is no metav1.Status');
  return message;
}
