import { createServer } from 'node:net';
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import { DbManagerError } from './errors.ts';

/**
 * Starts to serve plaintext gRPC on host and port (0: any free one) and answers with the address, `host:port`, where
 * the host is as given (IPv6 in brackets). Throws {@link DbManagerError} `address`.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const shown = bare.includes(':') ? `[${bare}]` : bare;
  const wanted = `${shown}:${port}`;
  await tryPort(bare, port).catch((error: unknown) => {
    throw explain(wanted, error);
  });
  return await new Promise((resolve, reject) => {
    server.bindAsync(wanted, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(`${shown}:${bound}`);
      else reject(explain(wanted, error));
    });
  });
}

/**
 * Listens for a moment with a plain socket. grpc-js would write a line of its own to stderr for an address that can't be
 * had, and hide the error's code in a text.
 */
async function tryPort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer((socket) => socket.destroy());
    probe.once('error', reject);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

function explain(wanted: string, error: unknown): DbManagerError {
  const message = error instanceof Error ? error.message : String(error);
  const [why, remedy] = reason(message);
  return new DbManagerError('address', `cannot listen on ${wanted}: ${why}; ${remedy}`, error);
}

function reason(message: string): [why: string, remedy: string] {
  if (message.includes('EADDRINUSE')) {
    return ['the port is in use', 'stop what listens there, choose another port, or port 0 for any free one'];
  }
  if (message.includes('EACCES')) {
    return ['this user may not use the port', 'choose a port above 1023, or port 0 for any free one'];
  }
  if (message.includes('EADDRNOTAVAIL')) {
    return [
      'the host is not an address of this machine',
      'use 127.0.0.1, or 0.0.0.0 for all of its addresses',
    ];
  }
  if (message.includes('ENOTFOUND') || message.includes('EAI_AGAIN')) {
    return ['there is no host of this name', 'use 127.0.0.1, or 0.0.0.0 for all addresses of this machine'];
  }
  return [message, 'use 127.0.0.1 or another address of this machine'];
}

/** How long calls that have begun may go on. */
const GRACE_MS = 1000;

/**
 * Closes a server: no new connections or calls, a short time for those under way (a reflection stream stays open as long
 * as its client likes), then force. `endStreams` ends the streams that are ours to end.
 */
export async function closeServer(server: Server, endStreams: () => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
    endStreams();
  });
}
