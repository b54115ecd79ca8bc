import type { FaultCode } from '../reasons/faults.ts';
import type { Decision } from '../review/decision.ts';
import { warnOfFault } from '../warnings/warn-of-fault.ts';

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
