import { isRecord, valueAt } from '../json-pointer.ts';
import type { Place } from '../record/place.ts';
import { nameOf } from '../record/record.ts';

export type Path = readonly (string | number)[];

/** Items of lists that are looked at for one place. Templates have some ten; a forged one may have a million. */
const mostItems = 1_000;

/**
 * Where a recorded place is in the stored Experiment: the record's own path, unless another mutator has since put items
 * into a list on the way. Then it is where the recorded value is.
 *
 * @returns `undefined` where it is gone
 */
export function findStored(
  stored: unknown,
  place: Place,
  hash: (value: unknown) => string,
): Path | undefined {
  let first: Path | undefined;
  for (const path of pathsTo(stored, place, 0, [], { items: mostItems })) {
    first ??= path;
    const value = valueAt(stored, path);
    if (isLeaf(value) && hash(value) === place.after) return path;
  }
  return first;
}

/** What a rewrite records: a string, or an item of strings. So nothing is hashed twice as a part of something larger. */
function isLeaf(value: unknown): boolean {
  if (Array.isArray(value)) return false;
  return (
    !isRecord(value) || Object.values(value).every((inner) => inner === null || typeof inner !== 'object')
  );
}

/** Every path that may be meant, the literal one first. */
function* pathsTo(
  value: unknown,
  place: Place,
  depth: number,
  path: Path,
  left: { items: number },
): Generator<Path> {
  const token = place.path[depth];
  if (token === undefined) {
    yield path;
    return;
  }
  if (!Array.isArray(value)) {
    const inner = valueAt(value, [token]);
    if (inner !== undefined) yield* pathsTo(inner, place, depth + 1, [...path, token], left);
    return;
  }
  const last = depth === place.path.length - 1;
  const literal = Number(token);
  if (fits(literal)) yield* pathsTo(value[literal], place, depth + 1, [...path, literal], left);
  for (const index of value.keys()) {
    if (left.items-- <= 0) return;
    if (index !== literal && fits(index))
      yield* pathsTo(value[index], place, depth + 1, [...path, index], left);
  }

  function fits(index: number): boolean {
    const items = value as readonly unknown[];
    return index in items && (!last || nameOf(items[index]) === place.name);
  }
}
