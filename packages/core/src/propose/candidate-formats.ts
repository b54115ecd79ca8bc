import type { Mention } from './find-mentions.ts';
import { ANY_NAME, literalPattern, maskedPattern, VALUE, WRAPPER } from './format-pattern.ts';
import { ESCAPE } from './masked-line.ts';

/**
 * Formats that read a mention, the most general first: those that many scripts share, then those for the wanted names
 * alone, then those built from the statement's own text.
 *
 * @param names the names that are printed of all wanted metrics that have to be read
 */
export function candidateFormats(mention: Mention, names: readonly string[]): readonly string[] {
  const { line, printed, from, to, value, title } = mention;
  const between = line.text.slice(to, value);
  const before = line.text.slice(0, from);
  const end = valueEnd(mention);
  const bridge = bridgePattern(between) + end;
  const own = `(${literalPattern(printed)})`;
  const same = names.filter((name) => isPlain(name) === isPlain(printed));
  const anyOf = `(${[...new Set([printed, ...same])].map(literalPattern).join('|')})`;
  const label = before.slice(before.length - (title.length - printed.length));
  return [
    ...generalFormats(printed, between, end),
    boundary(before, printed) + anyOf + bridge,
    boundary(before, printed) + own + bridge,
    ...(before.endsWith(ESCAPE) ? [maskedPattern(ESCAPE) + own + bridge] : []),
    String.raw`(?:^|[^\w|-])${own}${bridge}`,
    ...(label === '' ? [] : [maskedPattern(label) + own + bridge]),
    ...(before === '' || before === label ? [] : [maskedPattern(before) + own + bridge]),
    `^${maskedPattern(before)}${own}${bridge}`,
  ];
}

function generalFormats(printed: string, between: string, end: string): readonly string[] {
  if (!isPlain(printed)) return [];
  if (/^\s*:\s*$/.test(between))
    return [String.raw`${ANY_NAME}\s*:\s*${end}`, String.raw`${ANY_NAME}\s*[:=]\s*${end}`];
  if (/^\s*=\s*$/.test(between))
    return [String.raw`${ANY_NAME}\s*=\s*${end}`, String.raw`${ANY_NAME}\s*[:=]\s*${end}`];
  const quoted = /^(["'])\s*:\s*(["']?)$/.exec(between);
  if (!quoted) return [];
  const [, mark = '', inner = ''] = quoted;
  return [
    String.raw`${mark}${ANY_NAME}${mark}\s*:\s*${inner}${end}`,
    String.raw`["']?${ANY_NAME}["']?\s*[:=]\s*["']?${end}`,
  ];
}

/** What stands between a name and its value, blanks in front of the value included. */
function bridgePattern(between: string): string {
  const pattern = maskedPattern(between);
  return /\\s[*+]$/.test(pattern) ? pattern : String.raw`${pattern}\s*`;
}

/** The value; with what may stand around it where nothing is known of its text. */
function valueEnd({ line, value }: Mention): string {
  const hole = line.holes.get(value)?.hole;
  const mayBeWrapped = hole?.type === 'unknown' && /^[\p{L}_][\w.]*$/u.test(hole.expression);
  return mayBeWrapped ? WRAPPER + VALUE : VALUE;
}

/** `\b` where a name begins with what counts as a letter; nothing can be said in front of other names. */
function boundary(before: string, printed: string): string {
  return /^\w/.test(printed) && !before.endsWith(ESCAPE) ? String.raw`\b` : '';
}

function isPlain(name: string): boolean {
  return /^[\w|-]+$/.test(name);
}
