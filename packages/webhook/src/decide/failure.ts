import { type FaultCode, faults } from '../faults.ts';
import type { Decision } from '../review/decision.ts';
import { warningLine } from './warnings.ts';

const reasonsOfStatus = { 422: 'Invalid', 500: 'InternalError' } as const;

/** Something went wrong: allowed as it is with a warning, or denied where `strict` asks for it. */
export function failure(code: FaultCode, operation: string, strict: boolean): Decision {
  const warning = warnOfFault(code, operation);
  return {
    outcome: 'failed',
    reason: code,
    patch: [],
    warnings: [warning],
    ...(strict && operation !== 'UPDATE'
      ? { denial: denialFor(code === 'no-object' ? 422 : 500, warning) }
      : {}),
  };
}

/** Why a request is denied, as the API server tells it. */
export function denialFor(code: 422 | 500, message = ''): NonNullable<Decision['denial']> {
  return { code, reason: reasonsOfStatus[code], message };
}

/** The one warning about something that went wrong. */
function warnOfFault(code: FaultCode, operation: string): string {
  const [what, remedy] = faults[code];
  if (operation === 'UPDATE')
    return warningLine(`Not looked at (${code}): ${what}.`, remedy.replace('Create it again', 'Try again'));
  return warningLine(`Not rewritten (${code}): ${what}.`, remedy);
}
