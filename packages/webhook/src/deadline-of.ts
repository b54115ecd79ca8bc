const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * Milliseconds until the API server gives up: the parameter `timeout` of a request's URL, a Go duration (`5s`, `1m30s`).
 * Source: Kubernetes, `k8s.io/apiserver/pkg/admission/plugin/webhook`.
 *
 * @returns `undefined` where the URL names none, or none that can be read
 */
export function deadlineOf(url: string): number | undefined {
  const query = url.slice(url.indexOf('?') + 1 || url.length);
  const given = new URLSearchParams(query).get('timeout') ?? '';
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(given)) return undefined;
  const parts = [...given.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
}
