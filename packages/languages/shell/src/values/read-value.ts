import { type Layer, overlaps } from '@katib-push/core';
import { limits } from '../limits.ts';
import { makeValue, type Piece, pieceText, type Value } from './value.ts';

/** The value's text with what is known of its expansions put in; `undefined` if any of it is known only at run time. */
export function knownText(value: Value): string | undefined {
  let text = '';
  for (const piece of value.pieces) {
    if (piece.kind === 'expansion') {
      const inner = piece.choices.length === 1 ? knownText(piece.choices[0] as Value) : undefined;
      if (inner === undefined) return undefined;
      text += inner;
      continue;
    }
    if (piece.kind === 'added' ? piece.text.includes('\0') : isOpaque(piece)) return undefined;
    text += pieceText(piece);
  }
  return text;
}

/** For people: what is known as text, the rest as it is written. */
export function writtenText(value: Value): string {
  return value.pieces
    .map((piece) => {
      if (piece.kind === 'added') return piece.text.replace(/\0[^\0]*\0/g, '…');
      if (piece.kind !== 'expansion')
        return isOpaque(piece) ? writtenInHost(piece.layer, piece.from, piece.to) : pieceText(piece);
      const [choice] = piece.choices;
      return choice && piece.choices.length === 1
        ? writtenText(choice)
        : piece.layer.text.slice(piece.from, piece.to);
    })
    .join('');
}

/** A file's name for people: its last part. Of a substitution, only its kind: what runs in it may be edited. */
export function fileName(path: Value): string {
  const text = path.pieces.map((piece) => shortened(piece)).join('');
  return text.slice(text.lastIndexOf('/') + 1);
}

function shortened(piece: Piece): string {
  const text = writtenText(makeValue([piece]));
  return piece.kind === 'expansion'
    ? text.replace(/^(<|>|\$)\([\s\S]*\)$/, '$1(…)').replace(/^`[\s\S]*`$/, '$(…)')
    : text;
}

/**
 * A string that two values share if they come to the same text, whatever it is: expansions are named by their symbols.
 * Symbols stand between NULs, which no file name holds.
 */
export function keyOf(value: Value): string {
  return value.pieces.map(pieceKey).join('');
}

function pieceKey(piece: Piece): string {
  if (piece.kind === 'expansion')
    return piece.choices.length === 1 ? keyOf(piece.choices[0] as Value) : `\0${piece.symbol}\0`;
  if (piece.kind === 'added' || !isOpaque(piece)) return pieceText(piece);
  // What is opaque in the host is compared by what is written there.
  return `\0${writtenInHost(piece.layer, piece.from, piece.to)}\0`;
}

function isOpaque(piece: { readonly layer: Layer; readonly from: number; readonly to: number }): boolean {
  return piece.layer.opaque.length > 0 && piece.layer.opaque.some((range) => overlaps(range, piece));
}

function writtenInHost(layer: Layer, from: number, to: number): string {
  if (!layer.host) return layer.text.slice(from, to);
  const within = layer.segments.filter((segment) => segment.from < to && from < segment.to);
  return within
    .map((segment) => {
      if (segment.kind !== 'verbatim')
        return writtenInHost(layer.host as Layer, segment.hostFrom, segment.hostTo);
      const start = segment.hostFrom + Math.max(0, from - segment.from);
      const end = segment.hostFrom + Math.min(segment.to, to) - segment.from;
      return writtenInHost(layer.host as Layer, start, end);
    })
    .join('');
}

/** A text for a report: on one line, and not too long. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > limits.shown ? `${line.slice(0, limits.shown - 1)}…` : line;
}
