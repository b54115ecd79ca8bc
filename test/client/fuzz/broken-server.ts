import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { readRows } from '../strict-server.ts';
import type { Breakage } from './breakage.ts';
import {
  ACK,
  DATA,
  END_STREAM,
  frame,
  goodAnswer,
  HEADERS,
  SETTINGS,
  uint32,
  WINDOW_UPDATE,
} from './frame.ts';

/** A server that breaks its connections as told, byte by byte. */
export interface BrokenServer {
  readonly address: string;
  /** Rows of the calls that it answered with status 0, whether or not the client could read the answer. */
  readonly accepted: readonly string[];
  /** Connections so far. */
  readonly connections: number;
  /** Resolves when it has seen a whole request, or broken a connection. */
  readonly busy: Promise<void>;
  close(): void;
}

const PREFACE = 24;

/** `plan` says how each connection breaks, from the first (0) on; undefined: not at all. */
export async function startBrokenServer(
  plan: (connection: number) => Breakage | undefined,
): Promise<BrokenServer> {
  const sockets = new Set<Socket>();
  const accepted: string[] = [];
  let [connections, begun] = [0, () => {}];
  const busy = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    serve(socket, plan(connections++), accepted, begun);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    get connections() {
      return connections;
    },
    busy,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function serve(socket: Socket, breakage: Breakage | undefined, accepted: string[], begun: () => void): void {
  const bodies = new Map<number, Buffer[]>();
  let [data, greeted, calls, broken] = [Buffer.alloc(0), false, 0, false];

  const answer = (stream: number) => {
    accepted.push(...readRows(Buffer.concat(bodies.get(stream) ?? []).subarray(5)));
    socket.write(goodAnswer(stream));
  };
  const reached = (at: Breakage['at'], stream: number): boolean => {
    if (broken || breakage?.at !== at || (at !== 'connect' && at !== 'preface' && calls !== breakage.call))
      return broken;
    broken = true;
    send(socket, breakage, stream, () => {
      begun();
      if (breakage.then === 'close') socket.end();
      if (breakage.then === 'reset') socket.resetAndDestroy();
      if (breakage.then === 'answer' && at === 'request') answer(stream);
    });
    return true;
  };

  reached('connect', 1);
  socket.on('data', (chunk: Buffer) => {
    if (socket.destroyed) return;
    data = Buffer.concat([data, chunk]);
    if (!greeted) {
      if (data.length < PREFACE) return;
      data = data.subarray(PREFACE);
      greeted = true;
      socket.write(frame(SETTINGS, 0, 0, Buffer.alloc(0)));
      reached('preface', 1);
    }
    for (let size = sizeOf(data); data.length >= size; size = sizeOf(data)) {
      const [kind, flags, stream] = [data[3], data[4] ?? 0, data.readUInt32BE(5)];
      const payload = data.subarray(9, size);
      data = data.subarray(size);
      if (kind === SETTINGS && !(flags & ACK)) socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
      if (kind === HEADERS) {
        calls++;
        bodies.set(stream, []);
        reached('headers', stream);
      }
      if (kind !== DATA) continue;
      bodies.get(stream)?.push(payload);
      if (payload.length > 0) socket.write(frame(WINDOW_UPDATE, 0, 0, uint32(payload.length)));
      if (!(flags & END_STREAM)) continue;
      // what broke before the request, but goes on, answers it after all
      if (broken ? breakage?.then === 'answer' : !reached('request', stream)) answer(stream);
      begun();
    }
  });
}

function sizeOf(data: Buffer): number {
  return data.length < 9 ? Number.POSITIVE_INFINITY : 9 + data.readUIntBE(0, 3);
}

/** Sends the bytes at once, or one by one, at most 100 of them so. */
function send(socket: Socket, { bytes, drip }: Breakage, stream: number, then: () => void): void {
  const all = bytes(stream);
  const single = drip ? Math.min(all.length, 100) : 0;
  const next = (at: number) => {
    if (socket.destroyed) return;
    if (at < single) {
      socket.write(all.subarray(at, at + 1));
      setTimeout(next, 1, at + 1);
      return;
    }
    if (at < all.length) socket.write(all.subarray(at));
    then();
  };
  next(0);
}
