import type { PatchBuilder } from '../change/build-patch.ts';
import { isRecord, valueAt } from '../json-pointer.ts';
import { nameOf } from '../record/record.ts';
import type { Path } from './find-stored.ts';

/** Below this, nothing is looked at: templates are not so deep. */
const deepest = 60;

/**
 * Puts back fields of the trial template that are stored as null (`resources:` with nothing behind it in YAML) and are
 * missing now. A merge patch, as `kubectl apply` sends it, drops nulls from a list that it replaces, and it replaces the
 * containers because of us. To Katib, null and nothing differ.
 */
export function restoreNulls(stored: unknown, given: unknown, patch: PatchBuilder): void {
  const path = ['spec', 'trialTemplate'];
  restoreAt(valueAt(stored, path), valueAt(given, path), path, patch);
}

function restoreAt(stored: unknown, given: unknown, path: Path, patch: PatchBuilder): void {
  if (path.length > deepest) return;
  if (Array.isArray(stored) && Array.isArray(given)) {
    const byName = new Map(stored.map((item) => [nameOf(item), item]));
    for (const [index, item] of given.entries()) {
      const name = nameOf(item);
      const match = name === undefined ? stored[index] : byName.get(name);
      restoreAt(match, item, [...path, index], patch);
    }
    return;
  }
  if (!isRecord(stored) || !isRecord(given)) return;
  for (const [key, value] of Object.entries(stored)) {
    if (value === null && !Object.hasOwn(given, key)) patch.set([...path, key], null);
    else if (Object.hasOwn(given, key)) restoreAt(value, given[key], [...path, key], patch);
  }
}
