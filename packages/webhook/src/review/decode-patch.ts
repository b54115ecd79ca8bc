import type { PatchOperation } from '@katib-push/katib';
import type { AdmissionAnswer } from '../admission-review.ts';

/** The operations of an answer's patch, for servers that make the patch themselves; empty where it has none. */
export function decodePatch({ response }: AdmissionAnswer): readonly PatchOperation[] {
  if (response.patch === undefined) return [];
  return JSON.parse(Buffer.from(response.patch, 'base64').toString());
}
