import type { RE2JS } from 're2js';

/** A match of an expression, with its end beside those of its groups. */
export interface GoMatch extends LineMatch {
  readonly to: number;
}

/**
 * All matches of an expression with two groups or more in a line, in order: group 1 is the name, group 2 the value,
 * both trimmed. An empty match directly behind another one is none to Go.
 *
 * Source: Go, `regexp.FindAllStringSubmatch`; Katib, file metrics collector, `parseLogsInTextFormat`.
 */
export function* findGoMatches(expression: RE2JS, line: string): Generator<GoMatch> {
  const matcher = expression.matcher(line);
  let last = -1;
  while (matcher.find()) {
    const to = matcher.end();
    if (matcher.start() === to && to === last) continue;
    last = to;
    yield {
      name: trimSpace(matcher.group(1) ?? ''),
      value: trimSpace(matcher.group(2) ?? ''),
      nameFrom: matcher.start(1),
      nameTo: matcher.end(1),
      valueFrom: matcher.start(2),
      valueTo: matcher.end(2),
      to,
    };
  }
}

const WHITE_SPACE = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const EDGES = new RegExp(`^[${WHITE_SPACE}]+|[${WHITE_SPACE}]+$`, 'g');

/** Go's `strings.TrimSpace`: unlike `trim`, it takes U+0085 and leaves a byte order mark. */
function trimSpace(text: string): string {
  return text.replace(EDGES, '');
}

/** One match of a filter in a line: the wanted name, the value, and where both stand. UTF-16 offsets in the line. */
export interface LineMatch {
  readonly name: string;
  readonly value: string;
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}
