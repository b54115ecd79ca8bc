import type { Server } from 'node:net';
import { WebhookServerError } from './webhook-server-error.ts';

/**
 * Listens on a host (every address where it is absent) and port. Gives `host:port` as bound; rejects with
 * {@link WebhookServerError} `address`.
 */
export async function listen(server: Server, host: string | undefined, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    function fail(error: NodeJS.ErrnoException): void {
      const where = `${host ?? 'every address'}, port ${port}`;
      const text = `can't listen on ${where} (${error.code ?? error.message}): choose another port or host`;
      reject(new WebhookServerError('address', text, error));
    }
    server.once('error', fail);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', fail);
      resolve();
    });
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('a TCP server has an address');
  const name = host ?? (bound.family === 'IPv6' ? '[::]' : '0.0.0.0');
  return `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${bound.port}`;
}
