import type { PatchOperation } from '../patch.ts';
import { removeAnnotations } from '../restore/restore-annotations.ts';
import { recordedPlaces } from './continue-record.ts';
import { recordTextOf } from './place.ts';

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
