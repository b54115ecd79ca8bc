import autocannon from 'autocannon';

/** What one run of the load came to. */
export interface Drive {
  readonly answered: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** How long, or how many. */
export type Amount =
  /** `overallRate`: requests a second over all connections; absent for as many as go. */
  { readonly duration: number; readonly overallRate?: number } | { readonly amount: number };

/** Sends a body over some connections, for some seconds or so many times. Throws where an answer is missing or not 200. */
export async function drive(url: string, body: string, connections: number, amount: Amount): Promise<Drive> {
  const result = await autocannon({
    url,
    connections,
    ...amount,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    timeout: 60,
  });
  const { errors, timeouts, non2xx, latency, duration } = result;
  const answered = result['2xx'];
  if (errors + timeouts + non2xx > 0 || ('amount' in amount && answered < amount.amount)) {
    throw new Error(`${answered} answers, ${errors} errors, ${timeouts} timeouts, ${non2xx} not 200`);
  }
  return { answered, perSecond: answered / duration, p50: latency.p50, p99: latency.p99 };
}
