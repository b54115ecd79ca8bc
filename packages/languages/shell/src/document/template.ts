import type { Hole, HoleType, Template, TemplatePart } from '@katib-push/core';
import { overlaps } from '@katib-push/core';
import { pieceText, type Value } from '../values/value.ts';

/** Lines that differ in more than their numbers, beyond this many, are not told apart. */
const mostLines = 16;

/** Stands for a hole in a line's text. */
const gap = '\uffff';

/** A number that stands for itself: in `top5=0.9` the second. */
const numbers = /(?<![\w.\uffff])[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?(?![\w.\uffff])/g;

/** What one run writes. */
interface Line {
  /** Each hole is one character, {@link gap}. */
  readonly text: string;
  readonly holes: readonly Hole[];
  /** Stretches of the text that an expansion came to. */
  readonly expanded: readonly {
    readonly from: number;
    readonly to: number;
    readonly expression: string;
  }[];
}

/**
 * What the runs of one command write, one after the other, as a template. Expansions that aren't known are holes; so are
 * numbers in which runs differ.
 *
 *     for i in 1 2; do echo "loss=$i"; done          loss={$i}
 *     f() { echo "$1=$2"; }; f loss 1; f auc 2       loss=1 ⏎ auc=2
 *
 * @param values what is known of each run's line; absent in the result if nothing is known of any
 */
export function templateOf(values: readonly (Value | undefined)[]): Template | undefined {
  const groups = new Map<string, Line[]>();
  let unknown = false;
  for (const value of new Set(values)) {
    const line = value && lineOf(value);
    const shape = line && JSON.stringify([line.text.replace(numbers, '0'), line.holes]);
    const group = shape && groups.get(shape);
    if (group) group.push(line);
    else if (shape && groups.size < mostLines) groups.set(shape, [line]);
    else unknown = true;
  }
  if (groups.size === 0) return undefined;
  const parts: TemplatePart[] = [];
  const literal = (text: string): void => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.kind === 'literal') parts[parts.length - 1] = { kind: 'literal', text: last.text + text };
    else parts.push({ kind: 'literal', text });
  };
  const endLine = (): void => {
    const last = parts.at(-1);
    if (last && !(last.kind === 'literal' && last.text.endsWith('\n'))) literal('\n');
  };
  for (const group of groups.values()) {
    endLine();
    for (const part of merge(group))
      if (part.kind === 'literal') literal(part.text);
      else parts.push(part);
  }
  if (unknown) {
    endLine();
    parts.push({ kind: 'hole', expression: '…', type: 'unknown' });
  }
  return { parts };
}

/** One line of several that differ in their numbers only. */
function merge(lines: readonly Line[]): readonly TemplatePart[] {
  const [first, ...others] = lines as [Line, ...Line[]];
  const found = others.map(({ text }) => [...text.matchAll(numbers)]);
  const parts: TemplatePart[] = [];
  const holes = [...first.holes];
  const keep = (text: string): void => {
    text.split(gap).forEach((literal, i) => {
      const hole = i === 0 ? undefined : holes.shift();
      if (hole) parts.push(hole);
      parts.push({ kind: 'literal', text: literal });
    });
  };
  let at = 0;
  [...first.text.matchAll(numbers)].forEach(({ 0: number, index }, i) => {
    const all = [number, ...found.map((one) => one[i]?.[0] ?? '')];
    if (all.every((one) => one === number)) return;
    keep(first.text.slice(at, index));
    at = index + number.length;
    const type: HoleType = all.every((one) => /^[-+]?\d+$/.test(one)) ? 'integer' : 'number';
    parts.push({ kind: 'hole', expression: expressionOf(first, index, at), type });
  });
  keep(first.text.slice(at));
  return parts;
}

/** How a stretch is written: `0.$i`. */
function expressionOf({ text, expanded }: Line, from: number, to: number): string {
  const within = expanded.filter((one) => one.from < to && from < one.to);
  if (within.length === 0) return '…';
  let written = '';
  let at = from;
  for (const one of within) {
    written += text.slice(at, Math.max(at, one.from)) + one.expression;
    at = one.to;
  }
  return written + text.slice(at, Math.max(at, to));
}

function lineOf(value: Value): Line {
  const holes: Hole[] = [];
  const expanded: { from: number; to: number; expression: string }[] = [];
  let text = '';
  const leave = (expression: string, type: HoleType): void => {
    holes.push({ kind: 'hole', expression, type });
    text += gap;
  };
  const add = (from: Value, within = false): void => {
    for (const piece of from.pieces) {
      if (piece.kind === 'expansion') {
        const expression = piece.layer.text.slice(piece.from, piece.to);
        const [choice] = piece.choices;
        if (choice && piece.choices.length === 1) {
          const start = text.length;
          add(choice, true);
          if (!within) expanded.push({ from: start, to: text.length, expression });
        } else leave(expression, piece.type);
        continue;
      }
      if (piece.kind !== 'verbatim') {
        text += pieceText(piece);
        continue;
      }
      // What is opaque in the host is a hole too.
      let at = piece.from;
      for (const range of piece.layer.opaque.filter((each) => overlaps(each, piece))) {
        text += piece.layer.text.slice(at, Math.max(range.from, at));
        leave('…', 'unknown');
        at = Math.min(range.to, piece.to);
      }
      text += piece.layer.text.slice(at, piece.to);
    }
  };
  add(value);
  return { text, holes, expanded };
}
