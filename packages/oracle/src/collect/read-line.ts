import { findGoMatches } from '@katib-push/core';
import { isGoTime } from './go-time.ts';
import { isGoFloat, type Mended, mendValue } from './mend-value.ts';
import { NO_TIME, type Observation } from './observation.ts';
import type { Reading } from './reading.ts';

/** A row as the collector stores it, and what a client pushes in its place. */
export interface LineRow extends Observation, Mended {}

/**
 * The rows that Katib's collector reads from one line, given without its `\n`.
 *
 * The line counts only if it contains a wanted name. Then each filter in turn gives all its matches in order: group 1
 * is the name, group 2 the value, both trimmed; the name must equal a wanted one. Matches of several filters add up.
 * Source: `parseLogsInTextFormat` in `pkg/metricscollector/v1beta1/file-metricscollector`.
 *
 * Throws OracleError `invalid-filter` where the collector would crash.
 */
export function readLine(line: string, reading: Reading): readonly LineRow[] {
  if (!reading.wanted.some((name) => line.includes(name))) return [];
  const rows: LineRow[] = [];
  const time = timeOf(line);
  for (const pattern of reading.patterns()) {
    if (pattern.groupCount() < 2) continue;
    for (const { name, value, valueTo, to } of findGoMatches(pattern, line)) {
      if (!reading.wanted.includes(name)) continue;
      // a client looks behind a value only where the match ends with it
      const mended =
        valueTo === to && line.slice(0, to).endsWith(value)
          ? mendValue(value, line, to)
          : { pushed: isGoFloat(value) ? value : '', notFinite: false };
      rows.push({ name, value, time, ...mended });
    }
  }
  return rows;
}

/** The time in front of the line's first space, or {@link NO_TIME}. */
function timeOf(line: string): string {
  const space = line.indexOf(' ');
  const first = line.slice(0, Math.max(space, 0));
  return space > 0 && isGoTime(first) ? first : NO_TIME;
}
