import { applyPatch, isRecord, type Restoration, restoreExperiment } from '@katib-push/katib';
import type { Decision } from '../review/decision.ts';
import type { AdmissionRequest } from '../review/request.ts';
import { failure } from './failure.ts';
import { fitWarnings, warningLine, warnOfForgedRecord } from './warnings.ts';

/**
 * What an update needs: what the rewrite changed is put back where the update takes it away. Nothing is rewritten, and
 * nothing is ever denied, so that finalizers can be removed whatever happens.
 */
export function decideUpdate({ object, oldObject }: AdmissionRequest): Decision {
  if (!isRecord(object) || !isRecord(oldObject)) return failure('no-object', 'UPDATE', false);
  const restoration = restoreExperiment(oldObject, object);
  const { patch, changed, fault } = restoration;
  if (patch.length > 0) applyPatch(object, patch); // One that does not apply would have the API server refuse the update.
  const reason = fault ?? (changed.length > 0 ? 'changed-elsewhere' : undefined);
  return {
    outcome: patch.length > 0 ? 'restored' : 'unchanged',
    ...(patch.length > 0 || reason === undefined ? {} : { reason }),
    patch,
    warnings: fitWarnings(warnOfRestoration(restoration)),
  };
}

/** The warnings about an update: what differs from what is stored, and annotations that are not ours. */
function warnOfRestoration({ changed, fault }: Restoration): readonly string[] {
  const lines = changed.map((pointer) =>
    warningLine(
      `${pointer} differs from what is stored.`,
      'Katib allows no such change: create a new Experiment.',
    ),
  );
  if (fault === 'record-not-ours') return [...lines, warnOfForgedRecord];
  if (fault === 'record-unreadable')
    return [
      ...lines,
      warningLine(
        'The stored annotation katib-push.io/record can not be read; nothing is restored.',
        'Create the Experiment anew.',
      ),
    ];
  return lines;
}
