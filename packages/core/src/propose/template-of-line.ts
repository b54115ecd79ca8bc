import type { Template, TemplatePart } from '../templates/template.ts';

/** A number that stands for itself: not one within a word (`conv2`, `Acc@1`) or what sets a terminal's colours. */
const number =
  /(?<!\u001b\[[\d;]*)(?<=^|[\s:：=,;([{<>/|"'`~$%+*→-]|\u001b\[[\d;]*m)[+-]?(?:(?:\d+(?:\.\d+)?|\.\d+)(?:[Ee][+-]?\d+)?|nan|inf(?:inity)?)(?![\p{L}\p{N}_.]*[\p{L}_])/giu;

/**
 * A printed line as the template that may have given it: each number is a hole whose expression is the number itself.
 *
 * @param names wanted metrics; what stands in one of them (`AP@0.5`) is no number
 */
export function templateOfLine(line: string, names: readonly string[]): Template {
  const parts: TemplatePart[] = [];
  let at = 0;
  const keep = (to: number): void => {
    if (to > at) parts.push({ kind: 'literal', text: line.slice(at, to) });
    at = to;
  };
  const taken = names.flatMap((name) => rangesOf(line, name));
  for (const match of line.matchAll(number)) {
    const from = match.index;
    if (taken.some((range) => range.from <= from && from < range.to)) continue;
    keep(from);
    at = from + match[0].length;
    parts.push({ kind: 'hole', expression: match[0], type: 'number' });
  }
  keep(line.length);
  return { parts };
}

function rangesOf(line: string, name: string): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  const [text, wanted] = [line.toLowerCase(), name.toLowerCase()];
  for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + 1))
    found.push({ from, to: from + name.length });
  return found;
}
