import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ownHost } from '../own-host.ts';

/** When a connection is reset: the piece of data that makes the number full is not handed on. */
export interface Reset {
  readonly from: 'client' | 'server';
  readonly bytes: number;
}

/** A TCP proxy in front of a server, which can fail in the ways in which networks do. */
export interface FaultyProxy {
  /** `host:port`; nobody listens there before {@link up} and after {@link down}. */
  readonly address: string;
  /** Connections accepted so far. */
  readonly connections: number;
  up(): Promise<void>;
  /** Stops listening and closes every connection, as the end of a server does. */
  down(): Promise<void>;
  /** Half-open: what comes in from now on goes nowhere, in both directions, until {@link hear}. */
  mute(): void;
  /** New connections work again; those that were muted stay so. */
  hear(): void;
  /** Milliseconds by which each piece of data is late from now on, in both directions. */
  delay(ms: number): void;
  /** Each of the next connections is reset after so many bytes from one side; those after them work. */
  resetAfter(resets: readonly Reset[]): void;
  /** Resolves when the next answer to a call has been handed on. */
  answer(): Promise<void>;
  /** Resolves with the next connection. */
  connection(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a proxy for the server at `target` (`host:port`). It does not listen yet. */
export async function createProxy(target: string): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  const pairs = new Set<{ muted: boolean }>();
  const state = { connections: 0, muted: false, late: 0, resets: [] as Reset[] };
  const awaited: (() => void)[] = [];
  const answers: (() => void)[] = [];
  const [host = '', targetPort = ''] = target.split(/:(?=\d+$)/);
  let server: Server | undefined;

  function accept(client: Socket): void {
    state.connections++;
    const reset = state.resets.shift();
    const behind = connect({ host, port: Number(targetPort), noDelay: true });
    const pair = { muted: state.muted, client: 0, server: 0 };
    pairs.add(pair);
    const endsCall = findTrailers();
    client.setNoDelay(true);
    for (const [name, from, to] of [
      ['client', client, behind],
      ['server', behind, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (chunk: Buffer) => {
        if (pair.muted) return;
        pair[name] += chunk.length;
        if (reset?.from === name && pair[name] >= reset.bytes) client.resetAndDestroy();
        else if (state.late === 0) to.write(chunk);
        else setTimeout(() => to.writable && to.write(chunk), state.late);
        if (name === 'server' && endsCall(chunk))
          for (const resolve of answers.splice(0)) setImmediate(resolve);
      });
      // what is under way still arrives
      from.on('close', () => {
        sockets.delete(from);
        pairs.delete(pair);
        setTimeout(() => to.end(), state.late);
      });
    }
    for (const resolve of awaited.splice(0)) resolve();
  }

  async function listen(at: number): Promise<number> {
    server = createServer(accept);
    const listening = server;
    await new Promise<void>((resolve, reject) => {
      listening.on('error', reject).listen(at, ownHost, resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  async function down(): Promise<void> {
    const listening = server;
    server = undefined;
    const closed = new Promise((resolve) => (listening ? listening.close(resolve) : resolve(undefined)));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(0);
  await down();
  return {
    address: `${ownHost}:${port}`,
    get connections() {
      return state.connections;
    },
    up: async () => void (await listen(port)),
    down,
    mute() {
      state.muted = true;
      for (const pair of pairs) pair.muted = true;
    },
    hear() {
      state.muted = false;
    },
    delay(ms) {
      state.late = ms;
    },
    resetAfter(resets) {
      state.resets = [...resets];
    },
    answer: () => new Promise((resolve) => answers.push(resolve)),
    connection: () => new Promise((resolve) => awaited.push(resolve)),
    close: down,
  };
}

/** Tells of each piece of a server's HTTP/2 whether a HEADERS frame that ends its stream ends in it. */
function findTrailers(): (piece: Buffer) => boolean {
  let data = Buffer.alloc(0);
  return (piece) => {
    data = Buffer.concat([data, piece]);
    let found = false;
    while (data.length >= 9 && data.length >= 9 + data.readUIntBE(0, 3)) {
      found ||= data[3] === 1 && ((data[4] ?? 0) & 1) === 1;
      data = data.subarray(9 + data.readUIntBE(0, 3));
    }
    return found;
  };
}
