import type { AdmissionEvent } from '../admission-review.ts';

const operations: readonly string[] = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'];

/**
 * What the log tells of a review. Names are shown if they are names as the API server gives them; a request from elsewhere
 * may hold any text there.
 */
export function describeReview(event: AdmissionEvent): Readonly<Record<string, unknown>> {
  const { outcome, reason, operation, namespace, name, uid, dryRun, allowed, milliseconds } = event;
  return {
    outcome,
    ...(reason === undefined ? {} : { reason }),
    operation: operations.includes(operation) ? operation : 'unknown',
    ...(namespace === undefined ? {} : { namespace: showName(namespace) }),
    ...(name === undefined ? {} : { name: showName(name) }),
    uid: showName(uid),
    dryRun,
    allowed,
    milliseconds: Math.round(milliseconds * 10) / 10,
  };
}

function showName(name: string): string {
  return name.length <= 253 && /^[a-z0-9][a-z0-9.-]*$/.test(name) ? name : '(no name)';
}
