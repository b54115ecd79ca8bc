import { deadlineOf } from '../deadline-of.ts';

/**
 * Milliseconds until the API server gives up on a request that came in `elapsed` milliseconds ago, from `?timeout=5s` of
 * its URL; at least 1. Undefined where it says nothing that can be read: then the option `timeout` alone holds.
 */
export function readDeadline(url: string, elapsed: number): number | undefined {
  const timeout = deadlineOf(url);
  return timeout === undefined || timeout === 0 ? undefined : Math.max(1, Math.floor(timeout - elapsed));
}
