import { parseDuration } from './duration.ts';

/**
 * Milliseconds until the API server gives up: the parameter `timeout` of a request's URL, a Go duration (`5s`, `1m30s`).
 * Source: Kubernetes, `k8s.io/apiserver/pkg/admission/plugin/webhook`.
 *
 * @returns `undefined` where the URL names none, or none that can be read
 */
export function deadlineOf(url: string): number | undefined {
  const query = url.slice(url.indexOf('?') + 1 || url.length);
  const given = new URLSearchParams(query).get('timeout') ?? '';
  return /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(given) ? parseDuration(given) : undefined;
}
