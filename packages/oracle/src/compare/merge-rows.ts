import type { Observation } from '../collect/observation.ts';
import { type ExpectedRow, sameRow } from './expected-row.ts';

/** How far each stream has been used up: the index of its next row. */
type Front = readonly number[];

/**
 * Whether the pushed rows are an interleaving of the streams: each stream's rows in their order, none left out but
 * optional ones, and nothing else in between.
 *
 * All ways of reading the pushed rows are followed at once, because the next row may stand at the head of several
 * streams. Returns the index of the first pushed row that fits no way (`pushed.length` if rows are missing at the
 * end), or nothing if all fit.
 */
export function findMisfit(
  streams: readonly (readonly ExpectedRow[])[],
  pushed: readonly Observation[],
): number | undefined {
  const allOptional = streams.every((rows) => rows.every((row) => row.optional));
  let fronts: readonly Front[] = [streams.map(() => 0)];
  for (const [index, row] of pushed.entries()) {
    const next = new Map<string, Front>();
    for (const front of fronts) {
      for (const reached of advance(streams, front, row)) next.set(reached.join(), reached);
    }
    if (next.size === 0) return index;
    fronts = allOptional ? leastAdvanced([...next.values()]) : [...next.values()];
  }
  const complete = fronts.some((front) =>
    streams.every((rows, stream) => rows.slice(front[stream]).every((row) => row.optional)),
  );
  return complete ? undefined : pushed.length;
}

/** The fronts after one pushed row: it may stand at the head of any stream, or behind optional rows there. */
function advance(
  streams: readonly (readonly ExpectedRow[])[],
  front: Front,
  pushed: Observation,
): readonly Front[] {
  return streams.flatMap((rows, stream) => {
    const reached: Front[] = [];
    for (let at = front[stream] ?? 0; at < rows.length; at++) {
      const row = rows[at] as ExpectedRow;
      if (sameRow(row, pushed)) reached.push(front.with(stream, at + 1));
      if (!row.optional) break;
    }
    return reached;
  });
}

/** Where every row may be missing, a front that is nowhere behind another one can be dropped. */
function leastAdvanced(fronts: readonly Front[]): readonly Front[] {
  const kept: Front[] = [];
  const sum = (front: Front) => front.reduce((total, at) => total + at, 0);
  for (const front of fronts.toSorted((a, b) => sum(a) - sum(b))) {
    if (!kept.some((other) => other.every((at, stream) => at <= (front[stream] ?? 0)))) kept.push(front);
  }
  return kept;
}
