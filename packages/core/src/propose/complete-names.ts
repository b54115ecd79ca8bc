import type { Template, TemplatePart } from '../templates/template.ts';

const nameEnd = /[\p{L}\p{N}_|./@-]*$/u;
const nameBegin = /^[\p{L}\p{N}_|./@-]*/u;
/** From a name to its value; blanks alone do not tell that it is one. */
const leads = /^["']?\s*(?:[:=]|[-=]>|→)\s*["'([]?$/u;

/**
 * A text with a wanted name put in where part of a name is known only at run time; absent where none is.
 *
 *     print(f"{key}: {value:.4f}")       accuracy: ▯
 *     print(f"{phase}_loss: {value}")    val_loss: ▯
 */
export function completeName({ parts }: Template, wanted: string): Template | undefined {
  for (const [index, part] of parts.entries()) {
    const [before, next, value] = [parts[index - 1], parts[index + 1], parts[index + 2]];
    if (part.kind !== 'hole' || (part.type !== 'unknown' && part.type !== 'string')) continue;
    if (before?.kind === 'hole' || next?.kind !== 'literal' || !mayBeNumber(value)) continue;
    const begin = before ? (nameEnd.exec(before.text)?.[0] ?? '') : '';
    const end = nameBegin.exec(next.text)?.[0] ?? '';
    if (!leads.test(next.text.slice(end.length))) continue;
    if (!wanted.startsWith(begin) || !wanted.endsWith(end) || wanted.length <= begin.length + end.length)
      continue;
    const text = wanted.slice(begin.length, wanted.length - end.length);
    return { parts: parts.with(index, { kind: 'literal', text }) };
  }
  return undefined;
}

function mayBeNumber(part: TemplatePart | undefined): boolean {
  return part?.kind === 'hole' && part.type !== 'boolean' && part.type !== 'none';
}
