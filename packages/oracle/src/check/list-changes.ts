import { isDeepStrictEqual } from 'node:util';
import { isObject, pointerTo } from '../json/read-json.ts';

/** One place where two values of JSON differ. */
export interface Change {
  /** Of the value after, or of the value before where it was removed. RFC 6901. */
  readonly pointer: string;
  readonly kind: 'add' | 'remove' | 'replace';
  /** Absent for `add`. */
  readonly before?: unknown;
  /** Absent for `remove`. */
  readonly after?: unknown;
}

/**
 * Every place where two values differ, as deep as possible. A field that is null counts as absent, as Kubernetes takes
 * it: what is put in its place is added. In a list that got longer and still holds all that it
 * held, in order, only the new entries are changes.
 */
export function listChanges(before: unknown, after: unknown, pointer = ''): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    return listInsertions(before, after, pointer) ?? listFields({ ...before }, { ...after }, pointer);
  }
  if (isObject(before) && isObject(after)) return listFields(before, after, pointer);
  return [{ pointer, kind: 'replace', before, after }];
}

function listFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  pointer: string,
): readonly Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const at = pointerTo(pointer, field);
    if (!Object.hasOwn(after, field))
      return [{ pointer: at, kind: 'remove', before: before[field] } as const];
    if (!Object.hasOwn(before, field) || (before[field] === null && after[field] !== null))
      return [{ pointer: at, kind: 'add', after: after[field] } as const];
    return listChanges(before[field], after[field], at);
  });
}

function listInsertions(
  before: readonly unknown[],
  after: readonly unknown[],
  pointer: string,
): readonly Change[] | undefined {
  const insertions: Change[] = [];
  let next = 0;
  for (const [index, item] of after.entries()) {
    if (next < before.length && isDeepStrictEqual(before[next], item)) next++;
    else insertions.push({ pointer: pointerTo(pointer, index), kind: 'add', after: item });
  }
  return next === before.length ? insertions : undefined;
}
