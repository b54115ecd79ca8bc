import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect as connectPlainly, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { smallReview } from './reviews.ts';
import { send } from './send.ts';
import { allowAll, startServer } from './start-server.ts';

async function open(port: number): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return socket;
}

async function openPlainly(port: number): Promise<Socket> {
  const socket = connectPlainly({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  return socket;
}

/** Sends a review over an open connection. */
async function ask(socket: TLSSocket): Promise<string> {
  socket.write(`${head}Content-Length: ${smallReview.length}\r\n\r\n${smallReview}`);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

/** Writes a piece every 20 ms until the other side ends; gives all that came back. */
async function drip(socket: Socket, pieces: Iterable<string>): Promise<string> {
  const answer = text(socket).catch(() => '');
  for (const piece of pieces) {
    if (socket.destroyed || !socket.writable || socket.readableEnded) break;
    socket.write(piece);
    await wait(20);
  }
  return answer;
}

function* forever(piece: string): Iterable<string> {
  while (true) yield piece;
}

function* after(start: string, rest: Iterable<string>): Iterable<string> {
  yield start;
  yield* rest;
}

const head = 'POST /mutate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
/** 5 000, or what the machine's limit of open files allows: both ends are in this process. At least 1 000. */
const { soft } = (process.report.getReport() as { userLimits: { open_files: { soft: string } } }).userLimits
  .open_files;
const openFiles = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
const manyConnections = Math.max(1000, Math.min(5000, Math.floor((openFiles - 1000) / 200) * 100));
const timeouts = { headersTimeout: 500, requestTimeout: 800 };

describe('a slow client', () => {
  it.each([
    ['headers that never end', after(head, forever('X-A: b\r\n'))],
    ['nothing at all', []],
    ['a body that never ends', after(`${head}Content-Length: 100000\r\n\r\n`, forever('{'))],
    ['chunks that never end', after(`${head}Transfer-Encoding: chunked\r\n\r\n`, forever('1\r\n{\r\n'))],
    ['a body that stops', [`${head}Content-Length: 100000\r\n\r\n{`]],
  ])('is answered with 408 and cut off: %s', async (_what, pieces) => {
    const { port, metric } = await startServer(timeouts);
    const socket = await open(port);
    expect(await drip(socket, pieces)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
    socket.destroy();
    await expect.poll(() => metric('requests_total{code="408"}')).toBe(1);
    // one that is slow by itself, on a busy machine, may be cut off
    await expect.poll(async () => (await send(port)).status).toBe(200);
  });

  it('is cut off while it shakes hands', async () => {
    const { port } = await startServer({ handshakeTimeout: 200 });
    const socket = connectPlainly({ host: '127.0.0.1', port });
    expect(await text(socket)).toBe('');
  });

  it('is let alone while its request is complete, however long the answer takes', async () => {
    const createHandler = () => {
      const allow = allowAll();
      return Object.assign(async (review: unknown) => wait(1000).then(() => allow(review)), allow);
    };
    const { port } = await startServer({ ...timeouts, createHandler });
    await expect.poll(async () => (await send(port)).status).toBe(200);
  });

  it('is dropped without an answer where it speaks no TLS', async () => {
    const { port, metric } = await startServer();
    const socket = connectPlainly({ host: '127.0.0.1', port });
    socket.write(`${head}\r\n`);
    expect(await text(socket).catch(() => '')).not.toContain('HTTP/1.1');
    expect(await metric('handshakes_failed_total{code="ERR_SSL_HTTP_REQUEST"}')).toBe(1);
  });

  it.each([
    ['headers above the limit', `${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP', 'hello there\r\n\r\n', 400],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length and chunks', `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ])('is answered where it sends %s', async (_what, piece, status) => {
    const { port, metric } = await startServer();
    expect(await drip(await open(port), [piece])).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await expect.poll(() => metric(`requests_total{code="${status}"}`)).toBe(1);
  });
});

describe('an idle connection', () => {
  it('is kept longer than the API server keeps it', async () => {
    const { port } = await startServer();
    const agent = new Agent({ keepAlive: true });
    const { headers } = await send(port, smallReview, { agent });
    agent.destroy();
    const seconds = Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1]);
    expect(seconds).toBeGreaterThan(90);
  });

  it('is used again after longer than a request may take', async () => {
    const { port } = await startServer({ headersTimeout: 500, requestTimeout: 500, createHandler: allowAll });
    const socket = await open(port);
    for (const idle of [0, 100, 700]) {
      await wait(idle);
      expect(await ask(socket)).toMatch(/^HTTP\/1\.1 200 OK/);
    }
    socket.destroy();
  });

  it('is closed after its time', async () => {
    const { port } = await startServer({ keepAliveTimeout: 100, createHandler: allowAll });
    const socket = await open(port);
    expect(await ask(socket)).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await text(socket)).toBe('');
  });

  it(`is one of ${manyConnections} that hold nobody up`, async () => {
    const patient = { headersTimeout: 120_000, requestTimeout: 120_000, handshakeTimeout: 120_000 };
    const { port, metric, server } = await startServer({ ...patient, createHandler: allowAll });
    const sockets: Socket[] = [];
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    const shaken = process.env.KATIB_PUSH_SOAK === '1' ? manyConnections : 250;
    while (sockets.length < manyConnections) {
      const connectOne = sockets.length < shaken ? open : openPlainly;
      sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => connectOne(port)))));
    }
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(port)));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(sockets.filter((socket) => socket.destroyed)).toEqual([]);
    expect(await metric('ready')).toBe(1);
    await server.close();
  });

  it('is closed at once above the limit', async () => {
    const { port } = await startServer({ maxConnections: 2 });
    const held = [await open(port), await open(port)];
    await expect(open(port)).rejects.toThrow(/ECONNRESET|disconnected/);
    for (const socket of held) socket.destroy();
    await expect
      .poll(() =>
        send(port).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});
