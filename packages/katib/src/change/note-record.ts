import { recordAnnotation, versionAnnotation } from '../policy/choices.ts';
import { continueRecord } from '../record/own-record.ts';
import { recordChanges, type Trace } from '../record/record.ts';
import { version } from '../version.ts';
import type { PatchBuilder } from './build-patch.ts';

/**
 * Notes down in annotations what a patch changes, so that an update that takes it away can be answered.
 *
 * @param continues whether an earlier rewrite of ours is changed further
 * @param traces what leads back to the values before, by their pointers; see {@link recordChanges}
 */
export function noteRecord(
  patch: PatchBuilder,
  given: unknown,
  continues: boolean,
  traces: ReadonlyMap<string, Trace> = new Map(),
): void {
  const fresh = recordChanges(given, patch.build(), traces);
  const record = continues ? continueRecord(given, fresh) : fresh;
  patch.set(['metadata', 'annotations', versionAnnotation], version);
  patch.set(['metadata', 'annotations', recordAnnotation], JSON.stringify(record));
}
