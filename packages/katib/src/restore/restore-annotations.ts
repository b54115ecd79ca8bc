import { createPatch } from '../change/build-patch.ts';
import { isRecord, pointerOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import {
  labelsAnnotation,
  outcomeAnnotation,
  recordAnnotation,
  versionAnnotation,
} from '../policy/choices.ts';

/** What says how a spec was changed. */
const record = [versionAnnotation, recordAnnotation];
const map = ['metadata', 'annotations'];

/**
 * Carries our annotations over from the stored Experiment, where the given one lacks them or has others.
 *
 * @param isOff whether the user takes the push back: the outcome is no longer true then
 */
export function restoreAnnotations(
  stored: unknown,
  given: unknown,
  isOff: boolean,
): readonly PatchOperation[] {
  const names = isOff ? record : [...record, outcomeAnnotation, labelsAnnotation];
  return copyEntries(stored, given, map, names);
}

/** Copies entries of a map of the metadata, those that are texts; none where the given one's place is no map's. */
export function copyEntries(
  stored: unknown,
  given: unknown,
  path: readonly string[],
  names: readonly string[],
): readonly PatchOperation[] {
  const now = valueAt(given, path) ?? {};
  if (!isRecord(valueAt(given, ['metadata'])) || !isRecord(now)) return [];
  const patch = createPatch(given);
  for (const name of names) {
    const value = valueAt(stored, [...path, name]);
    if (typeof value === 'string') patch.set([...path, name], value);
  }
  return patch.build();
}

/** Takes the record away: it says what is not so. */
export function removeAnnotations(given: unknown): readonly PatchOperation[] {
  const now = valueAt(given, map);
  return record
    .filter((name) => isRecord(now) && Object.hasOwn(now, name))
    .map((name) => ({ op: 'remove' as const, path: pointerOf([...map, name]) }));
}
