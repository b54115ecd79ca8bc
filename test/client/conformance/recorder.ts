import {
  connect,
  createSecureServer,
  createServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type DbManager, startDbManager } from '@katib-push/db-manager';
import { ownHost } from '../own-host.ts';
import type { Answer, ConformanceCase } from './case.ts';
import { certificate } from './certificate.ts';

/** A DB manager that also keeps what clients sent, byte by byte. */
export interface Recorder {
  /** `host:port`, behind `https://` with TLS; nobody listens there before {@link listen}. */
  readonly address: string;
  /** The message of every call, without gRPC's five bytes. */
  readonly messages: readonly Buffer[];
  /** Those of them that the DB manager took. */
  readonly taken: readonly Buffer[];
  readonly manager: DbManager;
  /** Calls back for each call that the DB manager has taken, from now on. */
  onTaken(listener: () => void): void;
  /** Listens again, where the treatment has it begin later. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** How calls are answered: fields of a case. */
export type Treatment = Pick<ConformanceCase, 'answers' | 'answersThen' | 'refuses' | 'serverAfter' | 'tls'>;

/** Stands in front of an embedded DB manager and hands calls on to it, unless the treatment says otherwise. */
export async function startRecorder(treatment: Treatment = {}): Promise<Recorder> {
  const host = treatment.serverAfter ? ownHost : '127.0.0.1';
  const manager = await startDbManager();
  const behind = connect(`http://${manager.address}`);
  const messages: Buffer[] = [];
  const taken: Buffer[] = [];
  const listeners: (() => void)[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = treatment.tls ? createSecureServer(await certificate()) : createServer();
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session.on('error', () => {}).on('close', () => sessions.delete(session)));
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const body = Buffer.concat(chunks);
      const message = body.subarray(5);
      messages.push(message);
      const bad =
        treatment.refuses !== undefined && message.includes(`\x12${treatment.refuses}`, 0, 'latin1');
      const answer = treatment.answers?.[messages.length - 1] ?? treatment.answersThen ?? 0;
      if (bad) return end(stream, { 'grpc-status': 3, 'grpc-message': 'a bad row' });
      if (answer !== 0) return refuse(stream, answer);
      const call = behind.request({ ...headers, ':scheme': 'http', ':authority': manager.address });
      let status = {};
      call.on('response', (found) => {
        if ('grpc-status' in found) status = { 'grpc-status': found['grpc-status'] };
      });
      call.on('trailers', (found) => {
        if (found['grpc-status'] === '0') {
          taken.push(message);
          for (const listener of listeners) listener();
        }
        status = { 'grpc-status': found['grpc-status'], 'grpc-message': found['grpc-message'] };
      });
      call.on('close', () => end(stream, status));
      call.on('error', () => {}).resume();
      call.end(body);
    });
  });
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      server.listen(port, host, () => resolve((server.address() as AddressInfo).port)),
    );
  const port = await listen(0);
  if (treatment.serverAfter) await new Promise((resolve) => server.close(resolve));
  return {
    address: `${treatment.tls ? 'https://' : ''}${host}:${port}`,
    messages,
    taken,
    manager,
    onTaken: (listener) => void listeners.push(listener),
    listen: async () => void (await listen(port)),
    close: async () => {
      for (const session of sessions) session.destroy();
      server.close();
      behind.destroy();
      await manager.close();
    },
  };
}

function end(stream: ServerHttp2Stream, trailers: object): void {
  if (stream.destroyed) return;
  stream.on('wantTrailers', () => stream.sendTrailers({ ...trailers }));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.end(Buffer.alloc(5));
}

function refuse(stream: ServerHttp2Stream, answer: Exclude<Answer, 0>): void {
  if (typeof answer === 'number') end(stream, { 'grpc-status': answer, 'grpc-message': 'as the test says' });
  else if (answer === 'reset')
    stream.close(7); // REFUSED_STREAM
  else if (answer === 'destroy') stream.session?.destroy();
  else if (answer === 'goaway') {
    stream.session?.goaway();
    stream.close(7);
  }
}
