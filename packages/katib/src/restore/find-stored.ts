import { valueAt } from '../json-pointer.ts';
import { hashValue } from '../record/hash-value.ts';
import type { Place } from '../record/place.ts';
import { nameOf } from '../record/record.ts';

export type Path = readonly (string | number)[];

/**
 * Where a recorded place is in the stored Experiment: the record's own path, unless another mutator has since put items
 * into a list on the way. Then it is where the recorded value is.
 *
 * @returns `undefined` where it is gone
 */
export function findStored(stored: unknown, place: Place): Path | undefined {
  const paths = pathsTo(stored, place, 0, []);
  return paths.find((path) => hashValue(valueAt(stored, path)) === place.after) ?? paths[0];
}

/** Every path that may be meant, the literal one first. */
function pathsTo(value: unknown, place: Place, depth: number, path: Path): readonly Path[] {
  const token = place.path[depth];
  if (token === undefined) return [path];
  if (!Array.isArray(value)) {
    const inner = valueAt(value, [token]);
    return inner === undefined ? [] : pathsTo(inner, place, depth + 1, [...path, token]);
  }
  const last = depth === place.path.length - 1;
  const literal = Number(token);
  return [literal, ...[...value.keys()].filter((index) => index !== literal)]
    .filter((index) => index in value && (!last || nameOf(value[index]) === place.name))
    .flatMap((index) => pathsTo(value[index], place, depth + 1, [...path, index]));
}
