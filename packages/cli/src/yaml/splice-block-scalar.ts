import { alignLines } from './align-lines.ts';
import { trailingBreaks } from './layout.ts';

/**
 * A literal block scalar (`|`) with another text: header, indentation and unchanged lines stay as they are.
 *
 *     |-          header: kept, as long as the text ends in as many line breaks as before
 *       print(1)  line of the text, behind the block's indentation
 *
 * @param source the scalar as written, from the header on
 * @returns undefined where the text can't be written this way
 */
export function spliceLiteral(source: string, before: string, after: string): string | undefined {
  if (/[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]/.test(after)) return undefined;
  const parts = readBlock(source);
  if (!parts || trailingBreaks(before) !== trailingBreaks(after)) return undefined;
  const { header, lines, indent, eol } = parts;
  const linesA = before.split('\n');
  const linesB = after.split('\n');
  // The text's last line break is the last line's own: what follows it in the source are breaks that chomping removes.
  const kept = trailingBreaks(before) > 0 ? linesA.length - 1 : linesA.length;
  if (lines.length < kept) return undefined;
  const written: string[] = [];
  for (const stretch of alignLines(
    linesA.slice(0, kept),
    linesB.slice(0, linesB.length - (linesA.length - kept)),
  )) {
    if (stretch.same) written.push(...lines.slice(stretch.fromA, stretch.toA));
    else
      written.push(
        ...linesB.slice(stretch.fromB, stretch.toB).map((line) => (line === '' ? '' : indent + line)),
      );
  }
  return [header, ...written, ...lines.slice(kept)].join(eol);
}

/**
 * A folded block scalar (`>`) with another text, where each difference lies within one line of the source.
 * Returns undefined where it doesn't: the caller then writes the text in another style.
 */
export function spliceFolded(source: string, before: string, after: string): string | undefined {
  const parts = readBlock(source);
  const linesA = before.split('\n');
  const linesB = after.split('\n');
  if (!parts || linesA.length !== linesB.length) return undefined;
  const { header, lines, indent, eol } = parts;
  const written: string[] = [];
  let line = 0;
  for (const [i, textA] of linesA.entries()) {
    const textB = linesB[i] as string;
    // The source lines that were folded into this line of the text; a blank line folds into nothing.
    let rest = textA;
    let own = 0;
    while (line < lines.length && (rest !== '' || own === 0)) {
      const source = lines[line] as string;
      const content = source.slice(indent.length);
      if (content.trim() === '' && textA !== '') {
        written.push(source);
        line++;
        continue;
      }
      if (textA === '') break;
      const part = own === 0 ? rest : rest.replace(/^ /, '');
      if (!part.startsWith(content)) return undefined;
      rest = part.slice(content.length);
      own++;
      line++;
      if (textA === textB) written.push(source);
      else if (rest === '') written.push(indent + textB);
    }
    if (rest !== '' && textA !== '') return undefined;
    if (textA === '' && textB !== '') return undefined;
  }
  return [header, ...written, ...lines.slice(line)].join(eol);
}

interface BlockParts {
  readonly header: string;
  /** The source lines after the header; an empty last one stands for the final line break. */
  readonly lines: readonly string[];
  readonly indent: string;
  readonly eol: string;
}

function readBlock(source: string): BlockParts | undefined {
  const breakAt = source.indexOf('\n');
  if (breakAt < 0) return undefined;
  const eol = source[breakAt - 1] === '\r' ? '\r\n' : '\n';
  const [header = '', ...lines] = source.split(eol);
  const explicit = /^[|>][+-]?[1-9]/.test(header);
  const first = lines.find((line) => line.trim() !== '');
  // With an explicit indentation the first line may be indented more than the block: the least indented one tells.
  const candidates = explicit
    ? lines.filter((line) => line.trim() !== '')
    : first === undefined
      ? []
      : [first];
  const widths = candidates.map((line) => /^ */.exec(line)?.[0].length ?? 0);
  if (widths.length === 0) return undefined;
  return { header, lines, indent: ' '.repeat(Math.min(...widths)), eol };
}
