import type { Template, TemplatePart } from '@katib-push/core';
import { overlaps } from '@katib-push/core';
import { pieceText, type Value } from '../values/value.ts';

/** What a shell command writes, as a template: expansions that aren't known are holes. */
export function templateOf(value: Value): Template {
  const parts: TemplatePart[] = [];
  const literal = (text: string): void => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', text: last.text + text };
    else parts.push({ kind: 'literal', text });
  };
  const add = (from: Value): void => {
    for (const piece of from.pieces) {
      if (piece.kind === 'expansion') {
        const [choice] = piece.choices;
        if (choice && piece.choices.length === 1) add(choice);
        else
          parts.push({
            kind: 'hole',
            expression: piece.layer.text.slice(piece.from, piece.to),
            type: piece.type,
          });
        continue;
      }
      if (piece.kind !== 'verbatim') {
        literal(pieceText(piece));
        continue;
      }
      // What is opaque in the host is a hole too.
      let at = piece.from;
      for (const range of piece.layer.opaque.filter((each) => overlaps(each, piece))) {
        literal(piece.layer.text.slice(at, Math.max(range.from, at)));
        parts.push({ kind: 'hole', expression: '…', type: 'unknown' });
        at = Math.min(range.to, piece.to);
      }
      literal(piece.layer.text.slice(at, piece.to));
    }
  };
  add(value);
  return { parts };
}
