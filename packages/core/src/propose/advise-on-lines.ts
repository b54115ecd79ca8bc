import type { Filters } from '../match/filters.ts';
import type { Template } from '../templates/template.ts';
import type { FormatAdvice } from './advice.ts';
import { createNaming } from './find-mentions.ts';
import { ESCAPE, escapes } from './masked-line.ts';
import { proposeFormats } from './propose-formats.ts';
import { templateOfLine } from './template-of-line.ts';

/** More shapes of lines than these are not looked at. */
const MOST_SHAPES = 100;

/** What lines that a program printed say about the filters in force. */
export interface LinesAdvice extends FormatAdvice {
  /** How many lines name a wanted metric, in any spelling. */
  readonly naming: number;
  /** The lines that `source` of rows and metrics counts in: one of each shape, in order. */
  readonly lines: readonly string[];
}

/** {@link proposeFormats} for lines that were printed, where the text of the program is not at hand. */
export function adviseOnLines(lines: Iterable<string>, filters: Filters): LinesAdvice {
  const shapes = new Map<string, { readonly line: string; readonly template: Template }>();
  const mayName = createNaming(filters.metrics);
  let naming = 0;
  for (const line of lines) {
    if (!mayName(line.replace(escapes, ESCAPE))) continue; // the last letter of an escape is none of the name
    naming++;
    const template = templateOfLine(`${line}\n`, filters.metrics);
    const shape = template.parts.map((part) => (part.kind === 'literal' ? part.text : '\0')).join('');
    if (!shapes.has(shape) && shapes.size < MOST_SHAPES) shapes.set(shape, { line, template });
  }
  const found = [...shapes.values()];
  const advice = proposeFormats(
    found.map(({ template }) => template),
    filters,
  );
  return { ...advice, naming, lines: found.map(({ line }) => line) };
}
