/** An HTTP/2 frame (RFC 9113, section 4.1). `size` overrides the length in its head, to lie about it. */
export function frame(
  kind: number,
  flags: number,
  stream: number,
  data: Uint8Array,
  size = data.length,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(size & 0xffffff, 0, 3);
  head[3] = kind;
  head[4] = flags;
  head.writeUInt32BE(stream >>> 0, 5);
  return Buffer.concat([head, data]);
}

export const DATA = 0;
export const HEADERS = 1;
export const PRIORITY = 2;
export const RST_STREAM = 3;
export const SETTINGS = 4;
export const PUSH_PROMISE = 5;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 1;
export const ACK = 1;
export const END_HEADERS = 4;
export const PADDED = 8;

export function uint32(...values: readonly number[]): Buffer {
  const data = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) data.writeUInt32BE(value >>> 0, 4 * i);
  return data;
}

/** An HPACK literal without indexing (RFC 7541, section 6.2.2), neither part longer than 126 bytes. */
export function literal(name: string, value: string): Buffer {
  return Buffer.from([0, name.length, ...Buffer.from(name), value.length, ...Buffer.from(value)]);
}

/** The answer of a server that stored what it was sent: headers, an empty message, trailers. */
export function goodAnswer(stream: number): Buffer {
  const head = Buffer.concat([Buffer.from([0x88]), literal('content-type', 'application/grpc')]);
  return Buffer.concat([
    frame(HEADERS, END_HEADERS, stream, head),
    frame(DATA, 0, stream, Buffer.alloc(5)),
    frame(HEADERS, END_HEADERS | END_STREAM, stream, literal('grpc-status', '0')),
  ]);
}
