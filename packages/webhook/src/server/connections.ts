import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as NetServer, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { WebhookServerError } from './errors.ts';

/**
 * Listens on a host (every address where it is absent) and port. Gives `host:port` as bound; rejects with
 * {@link WebhookServerError} `address`.
 */
export async function listen(server: NetServer, host: string | undefined, port: number): Promise<string> {
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

/** The open connections of a server, and the requests under way. */
export interface Connections {
  /** Requests that are not answered yet. */
  readonly active: number;
  /**
   * Stops accepting, lets requests under way end for at most `timeout` milliseconds, and a request whose headers are
   * still arriving for at most a second; then cuts off what is left. Gives the number of requests that were cut off.
   */
  drain(timeout: number): Promise<number>;
}

/** How long a connection without a request may stay while the server drains. */
const quiet = 1000;

/** Follows the connections of a server. */
export function followConnections(server: Server): Connections {
  const sockets = new Set<Socket>();
  let active = 0;
  let lastChange = performance.now();
  const changed = (): void => {
    lastChange = performance.now();
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    active++;
    response.once('close', () => {
      active--;
      changed();
    });
  });

  return {
    get active() {
      return active;
    },
    async drain(timeout) {
      if (!server.listening) return 0;
      let open = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve())).then(() => {
        open = false;
      });
      changed();
      const end = performance.now() + timeout;
      while (open && performance.now() < end) {
        if (active === 0 && performance.now() - lastChange >= quiet) break;
        await Promise.race([closed, wait(20)]);
      }
      const cut = active;
      for (const socket of sockets) socket.destroy();
      await closed;
      return cut;
    },
  };
}
