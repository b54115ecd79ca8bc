import { checkRecord, isRecord } from '@katib-push/katib';
import type { Decision } from '../review/decision.ts';
import type { AdmissionRequest } from '../review/request.ts';
import type { Findings } from '../worker/messages.ts';
import type { RewritePool } from '../worker/rewrite-pool.ts';
import { denialFor, failure } from './failure.ts';
import { noteOutcome } from './note-outcome.ts';
import { isAsked, warnOfRewrite } from './warn-of-rewrite.ts';
import { fitWarnings, warnOfForgedRecord } from './warnings.ts';

/**
 * What becomes of an Experiment or a Trial that is created. What there is to say of a Trial is for the log: warnings would go
 * to Katib's controller.
 *
 * @param milliseconds until the answer
 * @param strict whether what goes wrong denies
 * @throws RewriteFault (rejects) where the rewrite has no result
 */
export async function decideCreate(
  { object, kind, namespace }: AdmissionRequest,
  pool: RewritePool,
  milliseconds: number,
  strict: boolean,
): Promise<Decision> {
  if (!isRecord(object)) return failure('no-object', 'CREATE', strict);
  const isTrial = kind.kind === 'Trial';
  const task = { object, kind: isTrial ? ('Trial' as const) : ('Experiment' as const), namespace };
  const findings = await pool.rewrite(task, milliseconds);
  const reason = findings.notes[0]?.code;
  if (isTrial) return decideTrial(findings, reason);
  const warnings = fitWarnings(warnOfRewrite(findings));
  // what is noted of an Experiment that was rewritten is no reason for anything
  const why = findings.outcome === 'rewritten' || reason === undefined ? {} : { reason };
  const audit = isAsked(findings) ? { audit: { outcome: findings.outcome, ...why } } : {};
  if (findings.outcome === 'rewritten')
    return { outcome: 'rewritten', patch: noteOutcome(object, findings), warnings, ...audit };
  const denied = strict && findings.outcome === 'failed';
  const forged = denied ? [] : checkRecord(object, reason === 'already-rewritten');
  return {
    outcome: findings.outcome,
    ...(reason === undefined ? {} : { reason }),
    patch: denied ? [] : [...forged, ...noteOutcome(object, findings)],
    ...audit,
    warnings: forged.length > 0 ? fitWarnings([warnOfForgedRecord, ...warnings]) : warnings,
    ...(denied ? { denial: denialFor(422, warnings[0]) } : {}),
  };
}

/** A Trial is never denied: its Experiment would stand still. */
function decideTrial({ outcome, patch }: Findings, reason: string | undefined): Decision {
  if (outcome === 'rewritten') return { outcome: 'captured', patch, warnings: [] };
  return { outcome, ...(reason === undefined ? {} : { reason }), patch: [], warnings: [] };
}
