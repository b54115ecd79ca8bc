import { connect, createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type DbManager, startDbManager } from '@katib-push/db-manager';

/** A DB manager that also keeps what clients sent, byte by byte. */
export interface Recorder {
  /** `host:port`; nobody listens there before {@link listen}. */
  readonly address: string;
  /** The message of every call, without gRPC's five bytes. */
  readonly messages: readonly Buffer[];
  readonly manager: DbManager;
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** Stands in front of an embedded DB manager and hands every call on to it. */
export async function startRecorder(): Promise<Recorder> {
  const manager = await startDbManager();
  const behind = connect(`http://${manager.address}`);
  const messages: Buffer[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session.on('error', () => {}).on('close', () => sessions.delete(session)));
  });
  server.on('stream', (stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const body = Buffer.concat(chunks);
      messages.push(body.subarray(5));
      const call = behind.request({ ...headers, ':authority': manager.address });
      let status = {};
      call.on('response', (found) => {
        if ('grpc-status' in found) status = { 'grpc-status': found['grpc-status'] };
      });
      call.on('trailers', (found) => {
        status = { 'grpc-status': found['grpc-status'], 'grpc-message': found['grpc-message'] };
      });
      call.on('close', () => {
        if (stream.destroyed) return;
        stream.on('wantTrailers', () => stream.sendTrailers(status));
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.end(Buffer.alloc(5));
      });
      call.on('error', () => {}).resume();
      call.end(body);
    });
  });
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  const port = await listen(0);
  await new Promise((resolve) => server.close(resolve));
  return {
    address: `127.0.0.1:${port}`,
    messages,
    manager,
    listen: async () => void (await listen(port)),
    close: async () => {
      for (const session of sessions) session.destroy();
      server.close();
      behind.destroy();
      await manager.close();
    },
  };
}
