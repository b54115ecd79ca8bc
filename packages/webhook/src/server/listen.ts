import type { Server } from 'node:net';
import { WebhookServerError } from './webhook-server-error.ts';

/**
 * Listens on a host (every address where it is absent) and port. Gives `host:port` as bound; rejects with
 * {@link WebhookServerError} `address`.
 */
export async function listen(server: Server, host: string | undefined, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${host ?? 'every address'}, port ${port}`;
      reject(
        new WebhookServerError(
          'address',
          `can't listen on ${where} (${error.code ?? error.message}): choose another port or host`,
          error,
        ),
      );
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new TypeError('a TCP server has an address');
  const name = host ?? (bound.family === 'IPv6' ? '[::]' : '0.0.0.0');
  return `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${bound.port}`;
}
