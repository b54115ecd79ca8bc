import {
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** How one call is answered. */
export type Answer = (stream: ServerHttp2Stream, session: ServerHttp2Session, call: number) => void;

/** A DB manager of which a test decides every answer, on Node's own HTTP/2. */
export interface StrictServer {
  readonly address: string;
  /** Rows of the calls that were answered with status 0, `name=value`. */
  readonly rows: string[];
  /** Calls seen, connections seen. */
  calls: number;
  connections: number;
  close(): void;
}

/** Ends a call with a gRPC status, in trailers after an empty message. */
export function grpc(
  stream: ServerHttp2Stream,
  status: number,
  trailers: Readonly<Record<string, string>> = {},
): void {
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status), ...trailers }));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.end(Buffer.alloc(5));
}

/** `answer` decides every call and returns nothing; rows count where it returns through {@link grpc} with 0. */
export async function startStrictServer(
  answer: (call: number) => { readonly status?: number; readonly answer?: Answer },
  options: ServerOptions = {},
  at: { readonly port?: number; readonly host?: string } = {},
): Promise<StrictServer> {
  const server: Http2Server = createServer(options);
  const sessions = new Set<ServerHttp2Session>();
  const state = { address: '', rows: [] as string[], calls: 0, connections: 0, close };
  server.on('session', (session) => {
    state.connections++;
    sessions.add(session);
    session.on('error', () => {});
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    const call = ++state.calls;
    stream.on('error', () => {});
    const plan = answer(call);
    if (plan.answer !== undefined) {
      plan.answer(stream, stream.session as ServerHttp2Session, call);
      stream.resume();
      return;
    }
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const fine =
        headers[':path'] === '/api.v1.beta1.DBManager/ReportObservationLog' &&
        headers[':method'] === 'POST' &&
        headers.te === 'trailers' &&
        headers['content-type'] === 'application/grpc';
      const body = Buffer.concat(chunks);
      const whole = body.length === 5 + body.readUInt32BE(1);
      const status = fine && whole ? (plan.status ?? 0) : 13;
      if (status === 0) state.rows.push(...readRows(body.subarray(5)));
      grpc(stream, status, { 'grpc-message': `answer ${call}` });
    });
  });
  const { port = 0, host = '127.0.0.1' } = at;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  state.address = `${host}:${(server.address() as AddressInfo).port}`;
  return state;

  function close(): void {
    for (const session of sessions) session.destroy();
    server.close();
  }
}

export function readRows(message: Buffer): string[] {
  const log = readFields(message).find(([number]) => number === 2)?.[1] ?? Buffer.alloc(0);
  return readFields(log).map(([, row]) => {
    const metric = new Map(readFields(row)).get(2) ?? Buffer.alloc(0);
    const fields = new Map(readFields(metric));
    return `${fields.get(1)}=${fields.get(2)}`;
  });
}

/** Length-delimited fields of a protobuf message, in order. */
function readFields(message: Buffer): [number, Buffer][] {
  const fields: [number, Buffer][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const size = varint();
    fields.push([tag >> 3, message.subarray(at, at + size)]);
    at += size;
  }
  return fields;
}
