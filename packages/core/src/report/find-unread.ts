import type { FormatReport, FormatsReport } from './report.ts';
import { sayUnread } from './report-formats.ts';

/** A wanted metric that is printed and not read: why, where, and what reads it. */
export interface FoundUnread {
  /** One sentence without a full stop. */
  readonly reason: string;
  /** The statements that print it. */
  readonly where: readonly { readonly script: string; readonly line: number }[];
  /** The name that is printed in its place; absent where it is the same. */
  readonly printed?: string;
  /** What reads it; absent where nothing can be proposed. */
  readonly proposal?: FormatReport;
  /** Set where the name is known only at run time, and may be this one. */
  readonly assumed?: true;
}

/** Names that Katib's default filter can read. */
const plainName = /^[\w|-]+$/;

/**
 * Looks a metric up among those that are printed and not read; absent if it is none of them.
 *
 * @param byDefault whether Katib's default filter is in force
 */
export function findUnread(
  name: string,
  { proposal, unread }: FormatsReport,
  byDefault: boolean,
): FoundUnread | undefined {
  const left = unread.find((metric) => metric.name === name);
  if (left) return { reason: sayUnread(left), where: [left.where] };
  const printed = proposal?.renames.find(({ wanted }) => wanted === name)?.printed;
  const rows = proposal?.rows.filter((row) => row.name === (printed ?? name)) ?? [];
  if (!proposal || rows.length === 0) return undefined;
  const assumed = rows.every((row) => row.assumed);
  return {
    ...(assumed ? { assumed } : {}),
    reason: assumed
      ? 'a name that is known only at run time may be it, and no filter in force reads it'
      : printed
        ? `what is printed is called ${printed}, and to Katib that is another metric`
        : byDefault && !plainName.test(name)
          ? 'it is printed, and the default filter reads names of A-Z, a-z, 0-9, _, - and | alone'
          : 'it is printed, and no filter in force reads it',
    where: rows.map(({ script, line }) => ({ script, line })),
    ...(printed ? { printed } : {}),
    proposal,
  };
}
