import type { Restoration } from '@katib-push/katib';
import { warningLine } from './warning-line.ts';

/** The warning about a record that this webhook did not write. */
export const warnOfForgedRecord = warningLine(
  'The annotation katib-push.io/record was not written by this webhook; it is taken away.',
);

/** The warnings about an update: what differs from what is stored, and annotations that are not ours. */
export function warnOfRestoration({ changed, fault }: Restoration): readonly string[] {
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
