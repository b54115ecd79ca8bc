import { type FaultCode, faults } from '../reasons/faults.ts';
import { warningLine } from './warning-line.ts';

/** The one warning about something that went wrong. */
export function warnOfFault(code: FaultCode, operation: string): string {
  const [what, remedy] = faults[code];
  if (operation === 'UPDATE')
    return warningLine(`Not looked at (${code}): ${what}.`, remedy.replace('Create it again', 'Try again'));
  return warningLine(`Not rewritten (${code}): ${what}.`, remedy);
}
