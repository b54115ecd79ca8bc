import { connect, createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** What a call is answered with instead of being handed on. */
export interface Refusal {
  /** gRPC status. */
  readonly status: number;
  /** Default: none. */
  readonly message?: string;
}

/** A gRPC server that answers some calls itself, and hands the others on. */
export interface RefusingServer {
  /** `host:port` */
  readonly address: string;
  /** Calls so far. */
  readonly calls: number;
  close(): void;
}

/**
 * Stands in front of a DB manager at `target`.
 *
 * @param refuse how the call with this number (from 1 on) is answered; undefined hands it on
 */
export async function startRefusingServer(
  target: string,
  refuse: (call: number) => Refusal | undefined,
): Promise<RefusingServer> {
  const behind = connect(`http://${target}`);
  behind.on('error', () => {});
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  let calls = 0;
  server.on('session', (session) => {
    sessions.add(session.on('error', () => {}).on('close', () => sessions.delete(session)));
  });
  server.on('stream', (stream, headers) => {
    const refusal = refuse(++calls);
    stream.on('error', () => {});
    if (refusal) {
      // trailers only, as servers answer that refuse a call before they read it
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc',
          'grpc-status': String(refusal.status),
          ...(refusal.message ? { 'grpc-message': encodeURIComponent(refusal.message) } : {}),
        },
        { endStream: true },
      );
      stream.resume();
      return;
    }
    const call = behind.request({ ...headers, ':authority': target });
    let trailers = {};
    call.on('trailers', (found) => {
      trailers = { 'grpc-status': found['grpc-status'], 'grpc-message': found['grpc-message'] ?? '' };
    });
    call.on('close', () => {
      if (stream.destroyed) return;
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.end(Buffer.alloc(5));
    });
    call.on('error', () => {}).resume();
    stream.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls;
    },
    close() {
      for (const session of sessions) session.destroy();
      server.close();
      behind.destroy();
    },
  };
}
