import type { Encoding, HoleType, Layer } from '@katib-push/core';

/** One stretch of a value: where it stands in the shell's text and what it comes to. */
export type Piece =
  /** Text of `layer` taken as it is. */
  | {
      readonly kind: 'verbatim';
      readonly layer: Layer;
      readonly from: number;
      readonly to: number;
      readonly encoding: Encoding;
    }
  /** Text of `layer` that stands for `text`. */
  | {
      readonly kind: 'escaped';
      readonly layer: Layer;
      readonly from: number;
      readonly to: number;
      readonly text: string;
      readonly encoding: Encoding;
    }
  /** Text that a command adds: the newline of `echo`. */
  | { readonly kind: 'added'; readonly text: string }
  | Expansion;

/** `$x`, `$(…)`, `$((…))`: something that the shell puts in. */
export interface Expansion {
  readonly kind: 'expansion';
  readonly layer: Layer;
  readonly from: number;
  readonly to: number;
  readonly encoding: Encoding;
  /** Two expansions with the same symbol come to the same text, also where the text isn't known: file names are compared so. */
  readonly symbol: string;
  /** What it comes to, where that is known; more than one where it depends on the way taken. Empty if unknown. */
  readonly choices: readonly Value[];
  readonly type: HoleType;
}

/** A text that the shell holds: a word after expansion, a variable, a file. Immutable. */
export interface Value {
  readonly pieces: readonly Piece[];
  /** The text; stand-ins of the same length as the host text for expansions. */
  readonly text: string;
  /** Why a program with this text must not be edited; absent if it may. */
  readonly readOnly?: string;
}

export const emptyValue: Value = { pieces: [], text: '' };

export function makeValue(pieces: readonly Piece[], readOnly?: string): Value {
  let text = '';
  for (const piece of pieces) text += pieceText(piece);
  return readOnly === undefined ? { pieces, text } : { pieces, text, readOnly };
}

export function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'verbatim':
      return piece.layer.text.slice(piece.from, piece.to);
    case 'expansion':
      return '_'.repeat(piece.to - piece.from);
    default:
      return piece.text;
  }
}

export function addedValue(text: string): Value {
  return text === '' ? emptyValue : { pieces: [{ kind: 'added', text }], text };
}

/** All of a layer, as one value. */
export function layerValue(layer: Layer, encoding: Encoding): Value {
  const piece: Piece = { kind: 'verbatim', layer, from: 0, to: layer.text.length, encoding };
  return { pieces: layer.text === '' ? [] : [piece], text: layer.text };
}

export function joinValues(values: readonly Value[]): Value {
  if (values.length === 1) return values[0] as Value;
  const readOnly = values.find((value) => value.readOnly)?.readOnly;
  return makeValue(
    values.flatMap((value) => value.pieces),
    readOnly,
  );
}

/** The values as words, a blank between each two. */
export function joinWords(words: readonly Value[]): Value {
  return joinValues(words.flatMap((word, i) => (i === 0 ? [word] : [addedValue(' '), word])));
}

export function readOnlyValue(value: Value, reason: string): Value {
  return { ...value, readOnly: value.readOnly ?? reason };
}

/** The part `[from, to)` of a value's text. An escape or expansion that is cut is dropped whole. */
export function sliceValue(value: Value, from: number, to: number): Value {
  if (from === 0 && to === value.text.length) return value;
  const pieces: Piece[] = [];
  let at = 0;
  for (const piece of value.pieces) {
    const length =
      piece.kind === 'verbatim' || piece.kind === 'expansion' ? piece.to - piece.from : piece.text.length;
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, length);
    if (start < end) {
      if (piece.kind === 'verbatim')
        pieces.push({ ...piece, from: piece.from + start, to: piece.from + end });
      else if (piece.kind === 'added') pieces.push({ kind: 'added', text: piece.text.slice(start, end) });
      else if (start === 0 && end === length) pieces.push(piece);
    }
    at += length;
    if (at >= to) break;
  }
  return makeValue(pieces, value.readOnly);
}

/** Every text that the value may be: one, or several where a single expansion depends on the way taken. */
export function choicesOf(value: Value): readonly Value[] {
  const [piece] = value.pieces;
  if (value.pieces.length !== 1 || piece?.kind !== 'expansion' || piece.choices.length === 0) return [value];
  return value.readOnly
    ? piece.choices.map((choice) => readOnlyValue(choice, value.readOnly ?? ''))
    : piece.choices;
}
