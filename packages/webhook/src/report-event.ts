import type { AdmissionOptions } from './admission-review.ts';
import type { Decision } from './review/decision.ts';
import type { AdmissionRequest } from './review/request.ts';

/** Tells the observer what became of a request. Its faults are its own. */
export function reportEvent(
  observe: AdmissionOptions['observe'],
  { uid, operation, kind, namespace, name, dryRun }: AdmissionRequest,
  { outcome, reason, denial }: Decision,
  milliseconds: number,
): void {
  try {
    observe?.({
      outcome,
      ...(reason === undefined ? {} : { reason }),
      operation,
      kind: kind.kind,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      uid,
      dryRun,
      allowed: denial === undefined,
      milliseconds,
    });
  } catch {
    // Swallowed: an answer must not depend on who watches.
  }
}
