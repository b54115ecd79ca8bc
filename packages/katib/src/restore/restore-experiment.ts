import { createPatch, type PatchBuilder } from '../change/build-patch.ts';
import { pointerOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { createHasher } from '../record/hash-value.ts';
import { isBefore, type Place, readRecord, recordTextOf } from '../record/place.ts';
import { findGiven } from './find-given.ts';
import { findStored } from './find-stored.ts';
import { removeAnnotations, restoreAnnotations } from './restore-annotations.ts';
import { type MissingItem, restoreItems } from './restore-items.ts';
import { isTurnedOff, restoreLabels } from './restore-labels.ts';
import { restoreNulls } from './restore-nulls.ts';

/** What an update of an Experiment needs so that the rewrite stays in effect. */
export interface Restoration {
  /** From the given Experiment to the one to store; empty where it holds everything already. */
  readonly patch: readonly PatchOperation[];
  /** JSON pointers of places that are neither as we left them nor as they were before: somebody else's change. */
  readonly changed: readonly string[];
  /** What is wrong with the annotations, if anything is. */
  readonly fault?: 'record-unreadable' | 'record-not-ours';
}

/**
 * Puts back what a rewrite changed and an update takes away, place by place. What the rewrite changed is read from
 * `stored` alone, the Experiment before the update; `given` is the one that came in. A place that holds what was there
 * before the rewrite gets the stored value; everything else stays as it is given. Nothing is rewritten.
 */
export function restoreExperiment(stored: unknown, given: unknown): Restoration {
  const text = recordTextOf(stored);
  const marks = (): readonly PatchOperation[] => [
    ...restoreAnnotations(stored, given, isTurnedOff(given)),
    ...restoreLabels(stored, given),
  ];
  if (text === undefined) {
    if (recordTextOf(given) === undefined) return { patch: marks(), changed: [] };
    return { patch: [...removeAnnotations(given), ...marks()], changed: [], fault: 'record-not-ours' };
  }
  const places = readRecord(text);
  if (!places) return { patch: restoreLabels(stored, given), changed: [], fault: 'record-unreadable' };
  const patch = createPatch(given);
  const hash = createHasher();
  const missing: MissingItem[] = [];
  const changed = places.flatMap((place) => restorePlace(place) ?? []);
  const isRenamed = restoreStrategies(stored, patch);
  restoreNulls(stored, given, patch);
  return {
    patch: [...patch.build(), ...restoreItems(stored, given, missing), ...marks()],
    changed: isRenamed
      ? changed.filter((pointer) => !pointer.startsWith(`${pointerOf(strategies)}/`))
      : changed,
  };

  /** Restores one place. Returns its pointer where it holds something else. */
  function restorePlace(place: Place): string | undefined {
    const path = findStored(stored, place, hash);
    if (!path) return undefined;
    const value = valueAt(stored, path);
    const now = findGiven(stored, given, path, place, hash);
    if (!now) return pointerOf(path);
    if (now.value !== undefined && [place.after, hash(value)].includes(hash(now.value))) return undefined;
    if (!isBefore(place, now.value, hash)) return pointerOf(path);
    if (now.key === undefined) missing.push({ stored: path, list: now.holder });
    else patch.set([...now.holder, now.key], value);
    return undefined;
  }
}

const objective = ['spec', 'objective'];
const strategies = [...objective, 'metricStrategies'];

/**
 * Gives a metric that was renamed its strategies back. Where Katib's defaulter saw the update first, it has added one for the
 * name that the manifest has, and its validator would refuse two. Returns whether they are as stored.
 */
function restoreStrategies(stored: unknown, patch: PatchBuilder): boolean {
  const isRenamed = patch.build().some(({ path }) => path.startsWith(`${pointerOf(objective)}/`));
  const value = valueAt(stored, strategies);
  if (!isRenamed || value === undefined) return false;
  patch.set(strategies, value);
  return true;
}
