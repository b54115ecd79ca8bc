import { inlined } from '../values/to-layer.ts';
import { makeValue, type Piece, type Value } from '../values/value.ts';

/**
 * A word or heredoc from its pieces. An expansion whose text is known is put in where it is the whole word, or where
 * its text may be program text; else it stays an expansion: `lr=$LR` is edited around `$LR`, not inside its assignment.
 */
export function finishField(pieces: readonly Piece[]): Value {
  if (!pieces.some((piece) => piece.kind === 'expansion')) return makeValue(pieces);
  const whole = pieces.length === 1;
  let readOnly: string | undefined;
  const finished = pieces.flatMap((piece): readonly Piece[] => {
    if (piece.kind !== 'expansion' || piece.choices.length !== 1) return [piece];
    const value = piece.choices[0] as Value;
    if (!whole && !mayBeProgram(value.text)) return [piece];
    readOnly ??= value.readOnly;
    return whole ? value.pieces : inlined(value).pieces;
  });
  return makeValue(finished, readOnly);
}

/** Several lines, or a call. */
function mayBeProgram(text: string): boolean {
  return /\n|\w\(/.test(text);
}
