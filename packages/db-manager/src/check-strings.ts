import { isUtf8 } from 'node:buffer';

/** Field numbers of the strings in a message, and of the messages that hold strings. */
export interface StringFields {
  readonly [field: number]: 'string' | StringFields;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/**
 * Throws where a string of an encoded message is not UTF-8, as Go's decoder does (proto3 demands it). Our decoder would
 * put replacement characters in. A client that writes its own bytes can get this wrong, and only Katib would say so.
 *
 * Bytes that are no message at all are left to the decoder. Source: https://protobuf.dev/programming-guides/encoding/
 */
export function checkStrings(message: Buffer, fields: StringFields): void {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag % 8;
    if (type === VARINT) {
      varint();
    } else if (type === LENGTH_DELIMITED) {
      const size = varint();
      const field = fields[Math.floor(tag / 8)];
      const content = message.subarray(at, at + size);
      if (field === 'string') checkUtf8(content);
      else if (field !== undefined) checkStrings(content, field);
      at += size;
    } else {
      // Groups (types 3 and 4) have no size of their own: their fields follow and are read as unknown ones or not at all.
      at += type === FIXED64 ? 8 : type === 5 ? 4 : 0;
    }
  }
}

function checkUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) {
    throw new Error('grpc: error unmarshalling request: string field contains invalid UTF-8');
  }
}
