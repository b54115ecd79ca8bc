import type { Hole, Template } from '../templates/template.ts';

/** Stands for a hole that may be a number. */
export const HOLE = '\ue000';
/** Stands for a hole that is never one: `True`, `None`. */
export const WORD = '\ue001';
/** Stands for what sets a terminal's colours. */
export const ESCAPE = '\ue002';

/** What sets a terminal's colours. */
export const escapes = /\u001b\[[\d;]*[A-Za-z]/g;

/** One line of a template as text in which each hole is one character, so that expressions can look at it as a whole. */
export interface MaskedLine {
  /** Index of the text that it belongs to. */
  readonly source: number;
  readonly text: string;
  /** Whether it ends there: the last line of a text may go on with what is written next. */
  readonly ends: boolean;
  /** The holes by their position in `text`, with their index among the template's parts. */
  readonly holes: ReadonlyMap<number, { readonly hole: Hole; readonly part: number }>;
}

/** The lines of a template. Terminal escapes count as one character each. */
export function maskLines(template: Template, source: number): readonly MaskedLine[] {
  const lines: { text: string; holes: Map<number, { hole: Hole; part: number }> }[] = [];
  let line = { text: '', holes: new Map<number, { hole: Hole; part: number }>() };
  for (const [part, one] of template.parts.entries()) {
    if (one.kind === 'hole') {
      line.holes.set(line.text.length, { hole: one, part });
      line.text += one.type === 'boolean' || one.type === 'none' ? WORD : HOLE;
      continue;
    }
    const [first = '', ...others] = one.text
      .replace(/[\ue000-\ue002]/g, '?')
      .replace(escapes, ESCAPE)
      .split('\n');
    line.text += first;
    for (const text of others) {
      lines.push(line);
      line = { text, holes: new Map() };
    }
  }
  return [...lines, line].map((each) => ({ source, ...each, ends: each !== line }));
}
