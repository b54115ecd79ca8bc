import { isUtf8 } from 'node:buffer';

/** Field numbers of the strings in a message, and of the messages that hold strings. */
export interface StringFields {
  readonly [field: number]: 'string' | StringFields;
}

/** Go's words for bytes that are no message. */
export const BAD_WIRE_FORMAT = 'proto: cannot parse invalid wire-format data';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/**
 * What Go's decoder would hold against an encoded message, in its words; undefined for nothing.
 *
 * It demands UTF-8 in strings, as proto3 says, and that every field ends within its message; ours puts replacement
 * characters in and takes what is there. A client that writes its own bytes can get this wrong, and only Katib would
 * say so. Groups, which our messages never hold, are left to the decoder.
 * Sources: https://protobuf.dev/programming-guides/encoding/, `internal/impl/decode.go` of protobuf-go 1.36.
 */
export function findFault(message: Uint8Array, fields: StringFields): string | undefined {
  let at = 0;
  function varint(): number {
    let value = 0;
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    at = Number.POSITIVE_INFINITY;
    return value;
  }
  while (at < message.length) {
    const tag = varint();
    const type = tag % 8;
    if (type === VARINT) {
      varint();
    } else if (type === FIXED32 || type === FIXED64) {
      at += type === FIXED32 ? 4 : 8;
    } else if (type === LENGTH_DELIMITED) {
      const size = varint();
      if (at + size > message.length) return BAD_WIRE_FORMAT;
      const fault = findFieldFault(message.subarray(at, at + size), fields[Math.floor(tag / 8)]);
      if (fault !== undefined) return fault;
      at += size;
    }
  }
  return at === message.length ? undefined : BAD_WIRE_FORMAT;
}

function findFieldFault(content: Uint8Array, field: StringFields[number] | undefined): string | undefined {
  if (field === undefined) return undefined;
  if (field !== 'string') return findFault(content, field);
  return isUtf8(content) ? undefined : 'string field contains invalid UTF-8';
}
