import type { Encoding, Layer } from '@katib-push/core';
import { makeValue, type Piece, pieceText, sliceValue, type Value } from './value.ts';

/** A stretch of a value's text that stands for other text: `\n` for a newline. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Reads a value once more, as `echo -e` and `printf` do: each token is replaced by its text.
 *
 * @param tokens ascending, in the coordinates of `value.text`
 * @param encode how text is written so that this reading gives it back; applied inside the encodings that hold already
 */
export function replaceTokens(
  value: Value,
  tokens: readonly Token[],
  encode: (text: string) => string | undefined,
  name: string,
): Value {
  const composed = new Map<Encoding, Encoding>();
  const compose = (outer: Encoding): Encoding => {
    let encoding = composed.get(outer);
    if (!encoding) {
      encoding = {
        name: `${name} in ${outer.name}`,
        encode(text) {
          const written = encode(text);
          return written === undefined ? undefined : outer.encode(written);
        },
      };
      composed.set(outer, encoding);
    }
    return encoding;
  };

  const pieces: Piece[] = [];
  let at = 0;
  const keep = (to: number): void => {
    if (at >= to) return;
    for (const piece of sliceValue(value, at, to).pieces)
      pieces.push(piece.kind === 'added' ? piece : { ...piece, encoding: compose(piece.encoding) });
  };
  for (const token of tokens) {
    keep(token.from);
    at = token.to;
    const host = hostOf(value, token.from, token.to);
    if (token.text === '') continue;
    if (host) pieces.push({ kind: 'escaped', ...host, encoding: compose(host.encoding), text: token.text });
    else pieces.push({ kind: 'added', text: token.text });
  }
  keep(value.text.length);
  return makeValue(pieces, value.readOnly);
}

/** The host range of a part of a value's text; absent where a command added it or the pieces lie apart. */
function hostOf(
  value: Value,
  from: number,
  to: number,
):
  | { readonly layer: Layer; readonly from: number; readonly to: number; readonly encoding: Encoding }
  | undefined {
  let found: { layer: Layer; from: number; to: number; encoding: Encoding } | undefined;
  let at = 0;
  for (const piece of value.pieces) {
    const length = pieceText(piece).length;
    if (at < to && from < at + length) {
      if (piece.kind === 'added') return undefined;
      const verbatim = piece.kind === 'verbatim';
      const start = verbatim ? piece.from + Math.max(0, from - at) : piece.from;
      const end = verbatim ? piece.from + Math.min(length, to - at) : piece.to;
      if (!found) found = { layer: piece.layer, from: start, to: end, encoding: piece.encoding };
      else if (found.layer !== piece.layer || start < found.to) return undefined;
      else found.to = end;
    }
    at += length;
    if (at >= to) break;
  }
  return found;
}
