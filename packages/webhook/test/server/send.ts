import type { Agent } from 'node:https';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { smallReview } from './reviews.ts';

export interface SendOptions {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent | false;
  /** TLS options of the client. */
  readonly tls?: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends a review (default: a small one) and gives the answer. Content-Length is set unless `body` is a list of parts. */
export function send(
  port: number,
  body: string | Uint8Array | readonly (string | Uint8Array)[] = smallReview,
  options: SendOptions = {},
): Promise<Answer> {
  const { path = '/mutate', method = 'POST', headers = {}, agent = false, tls = {} } = options;
  const whole = typeof body === 'string' || body instanceof Uint8Array;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent,
        rejectUnauthorized: false,
        headers: {
          'content-type': 'application/json',
          ...(whole ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
          ...headers,
        },
        ...tls,
      },
      async (response) => {
        try {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: await text(response),
          });
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.on('error', reject);
    for (const part of whole ? [body] : body) sent.write(part);
    sent.end();
  });
}
