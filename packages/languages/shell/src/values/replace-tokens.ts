import type { Encoding } from '@katib-push/core';
import { addedValue, joinValues, readOnlyValue, sliceValue, type Value } from './value.ts';

/** A stretch of a value's text that stands for other text: `\n` for a newline. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Reads a value once more, as `echo -e` and `printf` do: each token is replaced by its text. A text in which something
 * was replaced can be read and not edited.
 *
 * @param tokens ascending, in the coordinates of `value.text`
 * @param encode how text is written so that this reading gives it back; applied inside the encodings that hold already
 * @param by the command that reads it
 */
export function replaceTokens(
  value: Value,
  tokens: readonly Token[],
  encode: (text: string) => string | undefined,
  by: string,
): Value {
  if (tokens.length === 0) return reencode(value, encode, by);
  const parts: Value[] = [];
  let at = 0;
  for (const token of tokens) {
    parts.push(sliceValue(value, at, token.from), addedValue(token.text));
    at = token.to;
  }
  parts.push(sliceValue(value, at, value.text.length));
  return readOnlyValue(joinValues(parts), `${by} replaces escapes in the text`);
}

function reencode(value: Value, encode: (text: string) => string | undefined, by: string): Value {
  const within = (outer: Encoding): Encoding => ({
    name: `${by} in ${outer.name}`,
    encode(text) {
      const written = encode(text);
      return written === undefined ? undefined : outer.encode(written);
    },
  });
  const pieces = value.pieces.map((piece) =>
    piece.kind === 'added' ? piece : { ...piece, encoding: within(piece.encoding) },
  );
  return { ...value, pieces };
}
