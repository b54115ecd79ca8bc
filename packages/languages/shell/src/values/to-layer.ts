import { type Layer, layerWithin, type Range, type Segment } from '@katib-push/core';
import { closed, unquotedWord } from './encodings.ts';
import { type Piece, pieceText, type Value } from './value.ts';

/** Where a value is used: what stands for it when it can't be mapped piece by piece. */
export interface Site extends Range {
  readonly layer: Layer;
}

const scattered = 'the text is put together from several places';

/**
 * The layer of a value's text. A value that is all of one layer is that layer. One whose pieces come from one text, in
 * the order in which they stand there, is mapped piece by piece; any other can be read and not edited.
 */
export function toLayer(value: Value, label: string, site: Site): Layer {
  const mapped = value.pieces.filter((piece) => piece.kind !== 'added');
  const [first] = mapped;
  if (!first) return composed(value, label, site, value.text === '' ? value.readOnly : scattered);
  if (value.pieces.length === 1 && isWhole(first) && !value.readOnly) return first.layer;
  let end = 0;
  for (const piece of mapped) {
    if (piece.layer !== first.layer || piece.from < end)
      return composed(value, label, site, value.readOnly ?? scattered);
    end = piece.to;
  }
  const builder = layerWithin(first.layer);
  // In front of all, text would be inserted behind what a command adds there.
  let encoding = closed;
  let position = first.from;
  let added = '';
  const flush = (): void => {
    builder.escaped(position, position, added, encoding);
    added = '';
  };
  for (const piece of value.pieces) {
    if (piece.kind === 'added') {
      // One stretch: text inserted in the middle of what a command adds would stand nowhere.
      added += piece.text;
      continue;
    }
    flush();
    if (piece.kind === 'verbatim') builder.verbatim(piece.from, piece.to, piece.encoding);
    else if (piece.kind === 'escaped') builder.escaped(piece.from, piece.to, piece.text, piece.encoding);
    else builder.opaque(piece.from, piece.to, piece.encoding);
    ({ encoding, to: position } = piece);
  }
  flush();
  return builder.build(label, value.readOnly);
}

/** A layer for reading a word: its text is what is known, expansions put in. Edits don't go through it. */
export function toWordLayer(value: Value, label: string, site: Site): Layer {
  const known = value.pieces.some((piece) => piece.kind === 'expansion' && piece.choices.length === 1);
  return known ? composed(inlined(value), label, site, scattered) : toLayer(value, label, site);
}

/** A value with what is known of its expansions put in. */
export function inlined(value: Value): Value {
  const pieces: Piece[] = [];
  for (const piece of value.pieces) {
    if (piece.kind === 'expansion' && piece.choices.length === 1)
      pieces.push(...inlined(piece.choices[0] as Value).pieces);
    else pieces.push(piece);
  }
  return { ...value, pieces, text: pieces.map(pieceText).join('') };
}

function isWhole(piece: Piece): boolean {
  return (
    piece.kind === 'verbatim' &&
    piece.from === 0 &&
    piece.to === piece.layer.text.length &&
    piece.encoding.name === 'identity'
  );
}

/** One stretch for all of it. */
function composed(value: Value, label: string, site: Site, reason: string | undefined): Layer {
  const opaque: Range[] = [];
  let at = 0;
  for (const piece of value.pieces) {
    const length = pieceText(piece).length;
    if (piece.kind === 'expansion') opaque.push({ from: at, to: at + length });
    else if (piece.kind !== 'added')
      for (const range of piece.layer.opaque) {
        if (range.from >= piece.to || range.to <= piece.from) continue;
        const whole = piece.kind === 'escaped';
        opaque.push({
          from: whole ? at : at + Math.max(range.from - piece.from, 0),
          to: whole ? at + length : at + Math.min(range.to - piece.from, length),
        });
      }
    at += length;
  }
  const segment: Segment = {
    kind: 'escaped',
    from: 0,
    to: value.text.length,
    hostFrom: site.from,
    hostTo: site.to,
    encoding: unquotedWord,
  };
  const readOnly = reason ?? site.layer.readOnly;
  return {
    host: site.layer,
    label,
    text: value.text,
    segments: value.text === '' ? [] : [segment],
    opaque,
    ...(readOnly ? { readOnly } : {}),
  };
}
