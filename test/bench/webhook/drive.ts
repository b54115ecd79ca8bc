import { Agent, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
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
export type Amount = { readonly duration: number } | { readonly amount: number };

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

/**
 * Sends a body at a steady rate, over as many connections as requests overlap, as the API server does. A time is that from
 * the moment at which its request was due.
 */
export async function driveSteadily(
  url: string,
  body: string,
  perSecond: number,
  seconds: number,
): Promise<Drive> {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const began = performance.now();
  const sent: Promise<number>[] = [];
  for (let count = 0; count < perSecond * seconds; count++) {
    const due = began + (count * 1000) / perSecond;
    while (performance.now() < due) await wait(Math.max(0, due - performance.now()));
    sent.push(post(url, body, agent).then(() => performance.now() - due));
  }
  const times = (await Promise.all(sent)).sort((a, b) => a - b);
  agent.destroy();
  const at = (share: number): number => times[Math.floor(share * times.length)] ?? Number.NaN;
  return { answered: times.length, perSecond, p50: at(0.5), p99: at(0.99) };
}

function post(url: string, body: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`an answer was ${answer.statusCode}`));
      answer.on('end', resolve).on('error', reject).resume();
    });
    sent.on('error', reject).end(body);
  });
}
