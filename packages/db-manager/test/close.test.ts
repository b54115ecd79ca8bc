import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2 } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import type { DbManager, Report } from '../src/index.ts';
import { connect, failure, methodsOf, row } from './client.ts';
import { start } from './server.ts';

const TIME = '2026-06-22T20:07:21Z';

/** A report of one row as it goes over the wire: a flag, four bytes of length, the message. */
function frame(): Buffer {
  const request = { trial_name: 't', observation_log: { metric_logs: [row(TIME)] } };
  const message = methodsOf('api.v1.beta1.DBManager').ReportObservationLog?.requestSerialize(
    request,
  ) as Buffer;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A call of which the server has got the headers and half of the message. */
async function halfCall(db: DbManager): Promise<{ session: ClientHttp2Session; stream: ClientHttp2Stream }> {
  const session = connectHttp2(`http://${db.address}`);
  session.on('error', () => {});
  const stream = session.request({
    ':method': 'POST',
    ':path': '/api.v1.beta1.DBManager/ReportObservationLog',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => {});
  stream.write(frame().subarray(0, 9));
  await once(session, 'remoteSettings');
  // The answer to a ping that was sent later: the half has arrived.
  await new Promise<void>((resolve) => void session.ping(() => resolve()));
  return { session, stream };
}

test('does not wait for open connections, and is one promise', async () => {
  const db = await start();
  const client = connect(db.address);
  await client.report('t', [row(TIME)]);
  const silent = connectSocket(Number(db.address.split(':')[1]), '127.0.0.1').resume();
  await once(silent, 'connect');
  const gone = once(silent, 'close');
  const closing = db.close();
  expect(db.close()).toBe(closing);
  await closing;
  await gone;
  expect((await failure(client.report('t', [row(TIME)]))).code).toBe(status.UNAVAILABLE);
});

test('lets a call that has begun come to its end', async () => {
  const db = await start();
  const { session, stream } = await halfCall(db);
  const reports: Report[] = [];
  db.onReport((report) => reports.push(report));
  const trailers = once(stream, 'trailers');
  const closing = db.close();
  stream.end(frame().subarray(9));
  stream.resume();
  const [{ 'grpc-status': code }] = await trailers;
  expect(code).toBe('0');
  await closing;
  expect(reports).toHaveLength(1);
  session.destroy();
});

test('breaks a call that does not end', async () => {
  const db = await start();
  const { session, stream } = await halfCall(db);
  const broken = new Promise<void>((resolve) => stream.once('close', resolve));
  await db.close();
  await broken;
  expect(session.closed).toBe(true);
});

test('reading afterwards is an error that says so', async () => {
  const db = await start();
  await db.close();
  for (const read of [() => db.observations('t'), () => db.trials()]) {
    expect(read).toThrow(expect.objectContaining({ name: 'DbManagerError', code: 'closed' }));
  }
});
