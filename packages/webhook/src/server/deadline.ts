import { parseDuration } from './settings/duration.ts';

/**
 * Milliseconds until the API server gives up on a request that came in `elapsed` milliseconds ago, from `?timeout=5s` of
 * its URL; at least 1. Undefined where it says nothing that can be read: then the option `timeout` alone holds.
 * Source: Kubernetes, the webhook dispatcher puts the time that is left there.
 */
export function readDeadline(url: string, elapsed: number): number | undefined {
  const given = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('timeout');
  const timeout = given === null || !url.includes('?') ? undefined : parseDuration(given);
  return timeout === undefined || timeout === 0 ? undefined : Math.max(1, Math.floor(timeout - elapsed));
}
