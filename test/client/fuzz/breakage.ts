import * as h2 from './frame.ts';

/** How a server breaks one connection. */
export interface Breakage {
  /** What is wrong with {@link bytes}. */
  readonly name: string;
  /** When: as the connection opens, after the client's preface, its HEADERS, or its whole request. */
  readonly at: 'connect' | 'preface' | 'headers' | 'request';
  /** Which call on this connection it hits, from 1 on. */
  readonly call: number;
  /** What it sends then. */
  bytes(stream: number): Buffer;
  /** Sends them one by one. */
  readonly drip: boolean;
  /** What comes after: a FIN, a RST, silence, or the answer that the call was waiting for. */
  readonly then: 'close' | 'reset' | 'hang' | 'answer';
}

type Chance = () => number;
type Kind = (chance: Chance, stream: number) => Buffer;

const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
const below = (chance: Chance, limit: number) => Math.floor(chance() * limit);
const random = (chance: Chance, size: number) =>
  Buffer.from(Array.from({ length: size }, () => below(chance, 256)));
const headers = (stream: number, block: Uint8Array, flags = h2.END_HEADERS) =>
  h2.frame(h2.HEADERS, flags, stream, block);

/** Header blocks that no encoder writes (RFC 7541). */
const badBlocks: readonly ((chance: Chance) => Buffer)[] = [
  () => Buffer.from([0x80]), // index 0
  () => Buffer.from([0xff, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]), // an integer beyond 32 bits
  () => Buffer.from([0xff, 0xff, 0xff]), // an integer without its end
  (chance) => Buffer.from([0x80 | (62 + below(chance, 60))]), // beyond the dynamic table
  () => Buffer.from([0x00, 0x7f, 0x80, 0x80]), // a name without its end
  () => Buffer.from([0x00, 0x05, 0x61]), // a name that is cut
  () => Buffer.from([0x00, 0x01, 0x61, 0x84, 0xff, 0xff, 0xff, 0xff]), // Huffman: EOS
  () => Buffer.from([0x00, 0x01, 0x61, 0x82, 0x00, 0x00]), // Huffman: padding with zeros
  () => Buffer.from([0x3f, 0xff, 0xff, 0xff, 0x7f]), // a table larger than the settings allow
  (chance) => Buffer.concat([Buffer.from([0x88]), random(chance, 1 + below(chance, 40))]),
];

const kinds: Readonly<Record<string, Kind>> = {
  'random bytes': (chance) => random(chance, 1 + below(chance, 400)),
  'random frame': (chance, stream) =>
    h2.frame(
      below(chance, 12),
      below(chance, 256),
      pick(chance, [0, stream, stream + 2]),
      random(chance, below(chance, 60)),
    ),
  'truncated frame': (chance, stream) => h2.goodAnswer(stream).subarray(0, 1 + below(chance, 60)),
  'huge length': (chance, stream) =>
    h2.frame(pick(chance, [h2.DATA, h2.HEADERS, h2.SETTINGS, 42]), 4, stream, random(chance, 20), 0xffffff),
  'frame above the maximum': (chance, stream) =>
    h2.frame(
      pick(chance, [h2.DATA, h2.HEADERS, 42]),
      4,
      stream,
      Buffer.alloc(16_385 + below(chance, 100_000)),
    ),
  'bad HPACK': (chance, stream) => headers(stream, pick(chance, badBlocks)(chance)),
  'bad HPACK on another stream': (chance, stream) => headers(stream + 2, pick(chance, badBlocks)(chance)),
  'bad HPACK in trailers': (chance, stream) =>
    Buffer.concat([
      headers(stream, Buffer.from([0x88])),
      headers(stream, pick(chance, badBlocks)(chance), 5),
    ]),
  'wrong stream': (chance, stream) =>
    h2.goodAnswer(pick(chance, [0, 2, stream + 1, stream + 2, stream + 100, 0x7fffffff, 0xffffffff])),
  'frames after the end of the stream': (chance, stream) =>
    Buffer.concat([
      headers(stream, h2.literal('grpc-status', '14'), 5),
      h2.goodAnswer(stream),
      random(chance, below(chance, 9)),
    ]),
  'DATA without HEADERS': (_, stream) => h2.frame(h2.DATA, h2.END_STREAM, stream, Buffer.alloc(5)),
  'DATA on stream 0': () => h2.frame(h2.DATA, 0, 0, Buffer.alloc(5)),
  'padding longer than the frame': (chance, stream) =>
    h2.frame(
      pick(chance, [h2.DATA, h2.HEADERS]),
      h2.PADDED | h2.END_HEADERS,
      stream,
      Buffer.from([200, 0, 0]),
    ),
  'padded frame without a length': (chance, stream) =>
    h2.frame(pick(chance, [h2.DATA, h2.HEADERS]), h2.PADDED | h2.END_HEADERS, stream, Buffer.alloc(0)),
  'HEADERS with a cut priority': (_, stream) => headers(stream, Buffer.from([0, 0]), 0x24),
  'CONTINUATION without HEADERS': (_, stream) => h2.frame(h2.CONTINUATION, 4, stream, h2.literal('a', 'b')),
  'something between HEADERS and CONTINUATION': (chance, stream) =>
    Buffer.concat([
      headers(stream, Buffer.from([0x88]), 0),
      h2.frame(pick(chance, [0, 4, 6, 8]), 0, 0, Buffer.alloc(8)),
    ]),
  'CONTINUATION without end': (_, stream) =>
    Buffer.concat([
      headers(stream, Buffer.from([0x88]), 0),
      ...Array(200).fill(h2.frame(h2.CONTINUATION, 0, stream, Buffer.alloc(16_000, 0x88))),
    ]),
  'SETTINGS of a wrong size': (chance) => h2.frame(h2.SETTINGS, 0, 0, random(chance, 1 + below(chance, 5))),
  'SETTINGS with forbidden values': (chance) =>
    h2.frame(
      h2.SETTINGS,
      0,
      0,
      Buffer.concat([
        Buffer.from([0, pick(chance, [2, 4, 5])]),
        h2.uint32(pick(chance, [0, 0x80000000, 0xffffffff])),
      ]),
    ),
  'SETTINGS on a stream': (_, stream) => h2.frame(h2.SETTINGS, 0, stream, Buffer.alloc(6)),
  'SETTINGS that acknowledge with data': () => h2.frame(h2.SETTINGS, h2.ACK, 0, Buffer.alloc(6)),
  'PING of a wrong size': (chance) => h2.frame(h2.PING, 0, 0, random(chance, below(chance, 8))),
  'GOAWAY that is cut': (chance) => h2.frame(h2.GOAWAY, 0, 0, random(chance, below(chance, 8))),
  'RST_STREAM of a wrong size': (chance, stream) =>
    h2.frame(h2.RST_STREAM, 0, stream, random(chance, below(chance, 4))),
  'PRIORITY of a wrong size': (chance, stream) =>
    h2.frame(h2.PRIORITY, 0, stream, random(chance, below(chance, 5))),
  'RST_STREAM on stream 0': () => h2.frame(h2.RST_STREAM, 0, 0, h2.uint32(8)),
  'WINDOW_UPDATE of 0': (chance, stream) =>
    h2.frame(h2.WINDOW_UPDATE, 0, pick(chance, [0, stream]), h2.uint32(0)),
  'WINDOW_UPDATE beyond 2^31': (chance, stream) => {
    const one = h2.frame(h2.WINDOW_UPDATE, 0, pick(chance, [0, stream]), h2.uint32(0x7fffffff));
    return Buffer.concat([one, one, one]);
  },
  'WINDOW_UPDATE of a wrong size': (chance) =>
    h2.frame(h2.WINDOW_UPDATE, 0, 0, random(chance, below(chance, 4))),
  PUSH_PROMISE: (chance, stream) =>
    h2.frame(h2.PUSH_PROMISE, 4, stream, Buffer.concat([h2.uint32(2), random(chance, 8)])),
  'unknown frames': (chance, stream) =>
    Buffer.concat(
      Array.from({ length: 20 }, () =>
        h2.frame(10 + below(chance, 240), below(chance, 256), stream, random(chance, 9)),
      ),
    ),
  'a gRPC status that is none': (chance, stream) =>
    headers(
      stream,
      Buffer.concat([
        Buffer.from([0x88]),
        h2.literal('grpc-status', pick(chance, ['', '-1', 'OK', '99', '0x0', '1e1', '0 0'])),
      ]),
      5,
    ),
  'an answer without a status': (_, stream) => headers(stream, Buffer.from([0x88]), 5),
  'an HTTP error': (chance, stream) => headers(stream, Buffer.from([pick(chance, [0x8d, 0x8e, 0x8c])]), 5),
  'HTTP/1.1': () => Buffer.from('HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno\n'),
  nothing: () => Buffer.alloc(0),
};

export const kindsOfBreakage: readonly string[] = Object.keys(kinds);

/** A breakage by chance; `index` goes round the kinds, so that all of them come up. */
export function breakageBy(chance: Chance, index: number): Breakage {
  const name = kindsOfBreakage[index % kindsOfBreakage.length] as string;
  const then = pick(chance, ['close', 'close', 'reset', 'hang', 'answer', 'answer'] as const);
  const seed = chance();
  return {
    name,
    at: pick(chance, ['connect', 'preface', 'headers', 'request', 'request', 'request'] as const),
    call: chance() < 0.8 ? 1 : 2,
    bytes: (stream) => (kinds[name] as Kind)(again(seed), stream),
    drip: chance() < 0.1,
    then,
  };
}

/** Numbers that follow from one, so that a breakage is the same whenever it is asked. */
function again(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state * 9301.7 + 0.49297) % 1;
    return state;
  };
}
