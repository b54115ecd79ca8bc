import type { Hole, Template } from './template.ts';

/** A template with its holes filled, and which part each position comes from. */
export interface Filled {
  readonly text: string;
  /** `starts[i]` is where part `i` begins in `text`; one more entry for the end. */
  readonly starts: readonly number[];
}

/** The template's text with each hole replaced by what `value` gives for it. */
export function fillTemplate(template: Template, value: (hole: Hole, index: number) => string): Filled {
  const starts: number[] = [];
  let text = '';
  for (const [index, part] of template.parts.entries()) {
    starts.push(text.length);
    text += part.kind === 'literal' ? part.text : value(part, index);
  }
  starts.push(text.length);
  return { text, starts };
}

/** The indices of the parts that `[from, to)` of a filled text touches. */
export function partsWithin(filled: Filled, from: number, to: number): readonly number[] {
  const touched: number[] = [];
  for (let i = 0; i + 1 < filled.starts.length; i++) {
    if ((filled.starts[i] as number) < to && from < (filled.starts[i + 1] as number)) touched.push(i);
  }
  return touched;
}
