import type { Observation } from '../collect/observation.ts';
import { shown } from './compare-rows.ts';
import type { Difference } from './difference.ts';

/**
 * Whether the times of pushed rows, in the order in which the DB manager gives them, strictly increase. Rows of equal
 * time have no order in Katib's database.
 */
export function compareTimes(pushed: readonly Observation[]): readonly Difference[] {
  for (const [index, row] of pushed.entries()) {
    const before = pushed[index - 1];
    if (before === undefined || sortable(before.time) < sortable(row.time)) continue;
    const message = `row ${index + 1} of those pushed, ${shown(row)}, has the time ${row.time}, not later than ${before.time} of the row before`;
    return [{ where: 'times', message }];
  }
  return [];
}

/** A UTC time with nine digits behind the point, so that it sorts as text. */
function sortable(time: string): string {
  const [seconds = '', fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
