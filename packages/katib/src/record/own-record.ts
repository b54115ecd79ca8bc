import type { PatchOperation } from '../patch.ts';
import { findStored } from '../restore/find-stored.ts';
import { removeAnnotations } from '../restore/restore-annotations.ts';
import { createHasher } from './hash-value.ts';
import { keyOf, type Place, placesIn, readRecord, recordOf, recordTextOf } from './place.ts';
import type { ChangeRecord } from './record.ts';

/**
 * The record of an Experiment that was rewritten before and changes again: by another version, or because another
 * mutator changed something in between. What was there before the first rewrite stays known.
 *
 * @param given the Experiment before this change, with the earlier record
 * @param fresh the record of this change alone
 */
export function continueRecord(given: unknown, fresh: ChangeRecord): ChangeRecord {
  const earlier = new Map(recordedPlaces(given).map((place) => [keyOf(place), place]));
  if (earlier.size === 0) return fresh;
  for (const place of placesIn(fresh)) {
    const first = earlier.get(keyOf(place));
    // what leads back to the value in between does not lead to the first one
    const { trace: _, ...changedAgain } = place;
    earlier.set(keyOf(place), first ? { ...changedAgain, before: first.before } : place);
  }
  return recordOf([...earlier.values()]);
}

/** The places of an Experiment's own record that it really has. */
export function recordedPlaces(experiment: unknown): readonly Place[] {
  const hash = createHasher();
  const places = readRecord(recordTextOf(experiment)) ?? [];
  return places.filter((place) => findStored(experiment, place, hash) !== undefined);
}

/**
 * Looks at the record of an Experiment that is created and not rewritten now. A record is true only of an Experiment
 * that was rewritten before (a copy, a backup, a second call for the same request), and only if what it names is there.
 *
 * @param rewrittenBefore whether its scripts are rewritten already
 * @returns the patch that takes a false record away; empty where there is none
 */
export function checkRecord(experiment: unknown, rewrittenBefore: boolean): readonly PatchOperation[] {
  if (recordTextOf(experiment) === undefined) return [];
  if (rewrittenBefore && recordedPlaces(experiment).length > 0) return [];
  return removeAnnotations(experiment);
}
