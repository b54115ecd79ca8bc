const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a duration as Go writes it: `5s`, `1m30s`, `1.5h`, `300ms`, `0`. Undefined for anything else, a sign
 * included. Source: Go, `time.ParseDuration`.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.reduce((length, [part]) => length + part.length, 0) !== text.length)
    return undefined;
  const sum = parts.reduce(
    (total, [, number = '', unit = '']) => total + Number(number) * (units[unit] as number),
    0,
  );
  return Number.isFinite(sum) ? sum : undefined;
}

/** The shortest writing of whole milliseconds: `1m30s`, `5s`, `0s`. */
export function printDuration(milliseconds: number): string {
  const parts: string[] = [];
  let rest = milliseconds;
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join('') || '0s';
}

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

/**
 * Milliseconds until the API server gives up on a request that came in `elapsed` milliseconds ago, from `?timeout=5s` of
 * its URL; at least 1. Undefined where it says nothing that can be read: then the option `timeout` alone holds.
 */
export function readDeadline(url: string, elapsed: number): number | undefined {
  const timeout = deadlineOf(url);
  return timeout === undefined || timeout === 0 ? undefined : Math.max(1, Math.floor(timeout - elapsed));
}

/**
 * Milliseconds for an answer. The API server tells what is left in whole seconds, rounded up, so up to one may be gone;
 * of a single one, half is used.
 *
 * @param timeout most that is taken
 * @param deadline what the API server says; absent, or no positive number: it says nothing
 */
export function timeLeft(timeout: number, deadline?: number): number {
  if (deadline === undefined || !(deadline > 0)) return timeout;
  return Math.min(timeout, Math.max(deadline - 1_000, deadline / 2));
}
