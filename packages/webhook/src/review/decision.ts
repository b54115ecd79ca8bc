import type { PatchOperation } from '@katib-push/katib';
import type { AdmissionEvent, AdmissionResponse } from '../admission-review.ts';

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
