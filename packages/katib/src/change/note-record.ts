import { continueRecord } from '../record/continue-record.ts';
import { recordAnnotation, versionAnnotation } from '../record/place.ts';
import { type Insertions, recordChanges } from '../record/record.ts';
import { version } from '../version.ts';
import type { PatchBuilder } from './build-patch.ts';

/**
 * Notes down in annotations what a patch changes, so that an update that takes it away can be answered.
 *
 * @param continues whether an earlier rewrite of ours is changed further
 * @param insertions where text was put into strings, by their pointers; none where strings were replaced
 */
export function noteRecord(
  patch: PatchBuilder,
  given: unknown,
  continues: boolean,
  insertions: ReadonlyMap<string, Insertions> = new Map(),
): void {
  const fresh = recordChanges(given, patch.build(), insertions);
  const record = continues ? continueRecord(given, fresh) : fresh;
  patch.set(['metadata', 'annotations', versionAnnotation], version);
  patch.set(['metadata', 'annotations', recordAnnotation], JSON.stringify(record));
}
