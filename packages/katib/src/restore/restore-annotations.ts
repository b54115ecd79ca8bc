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
  const wanted = names.flatMap((name) => {
    const value = valueAt(stored, [...map, name]);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const now = valueAt(given, map);
  if (!isRecord(valueAt(given, ['metadata'])) || wanted.length === 0) return [];
  if (now === undefined || now === null) {
    const op = now === undefined ? 'add' : 'replace';
    return [{ op, path: pointerOf(map), value: Object.fromEntries(wanted) }];
  }
  if (!isRecord(now)) return [];
  return wanted
    .filter(([name, value]) => valueAt(now, [name]) !== value)
    .map(([name, value]) => ({
      op: Object.hasOwn(now, name) ? ('replace' as const) : ('add' as const),
      path: pointerOf([...map, name]),
      value,
    }));
}

/** Takes the record away: it says what is not so. */
export function removeAnnotations(given: unknown): readonly PatchOperation[] {
  const now = valueAt(given, map);
  return record
    .filter((name) => isRecord(now) && Object.hasOwn(now, name))
    .map((name) => ({ op: 'remove' as const, path: pointerOf([...map, name]) }));
}
