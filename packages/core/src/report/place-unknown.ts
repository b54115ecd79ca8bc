import type { Place } from '../diagnostics/diagnostic.ts';
import type { Program, UnknownProgram } from '../language/language.ts';
import type { Layer } from '../layers/layer.ts';
import { type Lines, splitLines } from '../layers/lines.ts';
import { placeIn } from './report-scripts.ts';

/** A program that could not be followed, with its place in the text that runs it. */
export interface PlacedUnknown {
  readonly program: UnknownProgram;
  readonly place: Place;
}

/** The programs that could not be followed, in order. One text may run many of them: its lines are found once. */
export function placeUnknown(programs: readonly Program[]): readonly PlacedUnknown[] {
  const known = new Map<Layer, Lines>();
  return programs
    .filter((program) => program.kind === 'unknown')
    .map((program) => {
      const { layer, range } = program;
      const lines = known.get(layer) ?? splitLines(layer.text, 'any');
      known.set(layer, lines);
      return { program, place: placeIn(layer.label, lines, range) };
    });
}
