import { type Server, ServerCredentials } from '@grpc/grpc-js';
import { DbManagerError } from './db-manager-error.ts';

/**
 * Starts to serve plaintext gRPC on host and port (0: any free one) and answers with the address, `host:port`, where
 * the host is as given (IPv6 in brackets). Throws {@link DbManagerError} `address`.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  const shown = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const wanted = `${shown}:${port}`;
  return await new Promise((resolve, reject) => {
    server.bindAsync(wanted, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(`${shown}:${bound}`);
      else reject(explain(wanted, error));
    });
  });
}

function explain(wanted: string, error: Error): DbManagerError {
  const [why, remedy] = reason(error.message);
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
  return [message, 'use 127.0.0.1 or another address of this machine'];
}
