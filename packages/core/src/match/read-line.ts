import type { Filters } from './filters.ts';
import type { LineMatch } from './line-match.ts';
import { readByDefaultFilter } from './read-by-default-filter.ts';

/**
 * Reads one line as Katib's collector does: nothing unless it contains a wanted name; then for every filter all
 * matches in order, groups trimmed, the name equal to a wanted one. Source: Katib, file metrics collector, `parseLogsInTextFormat`.
 */
export function readLine(line: string, filters: Filters): readonly LineMatch[] {
  if (!filters.metrics.some((name) => line.includes(name))) return [];
  if (filters.portable === null) return readByDefaultFilter(line, filters.metrics);
  const found: LineMatch[] = [];
  for (const expression of filters.expressions) {
    const matcher = expression.matcher(line);
    while (matcher.find()) {
      const name = matcher.group(1)?.trim() ?? '';
      if (!filters.metrics.includes(name)) continue;
      found.push({
        name,
        value: matcher.group(2)?.trim() ?? '',
        nameFrom: matcher.start(1),
        nameTo: matcher.end(1),
        valueFrom: matcher.start(2),
        valueTo: matcher.end(2),
      });
    }
  }
  return found;
}
