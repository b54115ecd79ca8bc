import { findGoMatches, type LineMatch } from './filters/find-go-matches.ts';
import type { Filters } from './filters.ts';

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

/** RE2's `\s`. */
const blanks = '\t\n\f\r ';
/** What may follow a name: `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`. It matches anything, if only nothing. */
const value = /[\t\n\f\r ]*([+-]?\d*(?:\.\d+)?(?:[Ee][+-]?\d+)?)/y;

/**
 * What Katib's default filter finds in a line, `([\w|-]+)\s*=\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)`: all matches in order
 * whose name is a wanted one. It goes from one "=" to the next, in linear time, as the push clients do; a test holds it
 * against RE2.
 */
function readByDefaultFilter(line: string, names: readonly string[]): readonly LineMatch[] {
  const found: LineMatch[] = [];
  let from = 0;
  for (let at = line.indexOf('='); at >= 0; at = line.indexOf('=', from)) {
    let nameTo = at;
    while (nameTo > from && blanks.includes(line[nameTo - 1] as string)) nameTo--;
    let nameFrom = nameTo;
    while (nameFrom > from && isOfName(line.charCodeAt(nameFrom - 1))) nameFrom--;
    from = at + 1;
    if (nameFrom === nameTo) continue;
    value.lastIndex = from;
    const text = value.exec(line)?.[1] ?? '';
    from = value.lastIndex;
    const name = line.slice(nameFrom, nameTo);
    if (names.includes(name))
      found.push({ name, value: text, nameFrom, nameTo, valueFrom: from - text.length, valueTo: from });
  }
  return found;
}

/** `[\w|-]`. */
function isOfName(code: number): boolean {
  const lower = code | 32;
  return (
    (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 124 || code === 45
  );
}
