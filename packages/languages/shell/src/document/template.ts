import { type HoleType, overlaps, type Template, type TemplatePart } from '@katib-push/core';
import { limits } from '../limits.ts';
import { pieceText, type Value } from '../values/value.ts';

const unknownText: TemplatePart = { kind: 'hole', expression: '…', type: 'unknown' };
const newline: TemplatePart = { kind: 'literal', text: '\n' };

/**
 * What the runs of one command write, each line once, as a template. Expansions that aren't known are holes.
 *
 *     for i in 1 2; do echo "loss=$i"; done          loss=1 ⏎ loss=2
 *     f() { echo "$1=$2"; }; f loss $x; f auc 2      loss={$x} ⏎ auc=2
 *
 * @param values what is known of each run's line; absent in the result if nothing is known of any
 */
export function templateOf(values: readonly (Value | undefined)[]): Template | undefined {
  const lines = new Map<string, readonly TemplatePart[]>();
  let isComplete = true;
  for (const value of new Set(values)) {
    const line = value && lineOf(value);
    if (line && lines.size < limits.lines) lines.set(JSON.stringify(line), line);
    else isComplete = false;
  }
  if (lines.size === 0) return undefined;
  const all = [...lines.values(), ...(isComplete ? [] : [[unknownText]])];
  return {
    parts: joinLiterals(
      all.flatMap((line, index) => (index === 0 ? line : [...gap(all[index - 1]), ...line])),
    ),
  };
}

/** The end of a line that has none of its own. */
function gap(before: readonly TemplatePart[] = []): readonly TemplatePart[] {
  const last = before.at(-1);
  return last?.kind === 'literal' && last.text.endsWith('\n') ? [] : [newline];
}

function joinLiterals(parts: readonly TemplatePart[]): readonly TemplatePart[] {
  const joined: TemplatePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      joined[joined.length - 1] = { kind: 'literal', text: last.text + part.text };
    else if (part.kind === 'hole' || part.text !== '') joined.push(part);
  }
  return joined;
}

function lineOf(value: Value): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  const literal = (text: string) => parts.push({ kind: 'literal', text });
  const hole = (expression: string, type: HoleType) => parts.push({ kind: 'hole', expression, type });
  const add = (from: Value): void => {
    for (const piece of from.pieces) {
      if (piece.kind === 'expansion') {
        const [choice] = piece.choices;
        if (choice && piece.choices.length === 1) add(choice);
        else hole(piece.layer.text.slice(piece.from, piece.to), piece.type);
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
        hole('…', 'unknown');
        at = Math.min(range.to, piece.to);
      }
      literal(piece.layer.text.slice(at, piece.to));
    }
  };
  add(value);
  // Another command goes on with the line.
  if (!value.text.endsWith('\n')) hole('…', 'unknown');
  return joinLiterals(parts);
}
