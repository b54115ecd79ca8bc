import { findGoMatches, type LineMatch } from './filters/find-go-matches.ts';
import type { Filters } from './filters.ts';
import { readByDefaultFilter } from './read-by-default-filter.ts';

/**
 * Reads one line as Katib's collector does: nothing unless it contains a wanted name; then for every filter all
 * matches in order, groups trimmed, the name equal to a wanted one. Source: Katib, file metrics collector, `parseLogsInTextFormat`.
 */
export function readLine(line: string, filters: Filters): readonly LineMatch[] {
  if (!filters.metrics.some((name) => line.includes(name))) return [];
  if (filters.portable === null) return readByDefaultFilter(line, filters.metrics);
  return filters.expressions.flatMap((expression) =>
    [...findGoMatches(expression, line)].filter(({ name }) => filters.metrics.includes(name)),
  );
}
