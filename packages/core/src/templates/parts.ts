import { overlaps, type Range, stretchesOf } from '../layers/range.ts';
import type { Hole, HoleType, TemplatePart } from './template.ts';

/** Text known before the program runs. */
export function literal(text: string): readonly TemplatePart[] {
  return text === '' ? [] : [{ kind: 'literal', text }];
}

/** A hole without an expression of its own: what several arguments give together. */
export function holeNamed(expression: string, type: HoleType = 'unknown'): readonly Hole[] {
  return [{ kind: 'hole', expression, type }];
}

/** Parts in a row, neighbouring literals joined. */
export function concatenate(...lists: readonly (readonly TemplatePart[])[]): readonly TemplatePart[] {
  const joined: TemplatePart[] = [];
  for (const part of lists.flat()) {
    const last = joined.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      joined[joined.length - 1] = { kind: 'literal', text: last.text + part.text };
    else joined.push(part);
  }
  return joined;
}

/** Lists of parts with a separator between them. */
export function joinWith(
  separator: readonly TemplatePart[],
  lists: readonly (readonly TemplatePart[])[],
): readonly TemplatePart[] {
  return concatenate(...lists.flatMap((list, index) => (index === 0 ? [list] : [separator, list])));
}

/** The text of parts that hold no hole; `undefined` if they do. */
export function knownText(parts: readonly TemplatePart[]): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'hole') return undefined;
    text += part.text;
  }
  return text;
}

/** Text that an expression gives at run time: a hole under its source. */
export function hole(source: Source, expression: Range, type: HoleType): readonly TemplatePart[] {
  return [{ kind: 'hole', expression: sourceOf(source, expression), type }];
}

/** A text of which some stretches are known only at run time. */
export interface Source {
  readonly text: string;
  /** Ranges of the text that are stand-ins; ascending. */
  readonly opaque: readonly Range[];
}

/** The source of an expression as it stands, stand-ins shown as `…`. */
export function sourceOf({ text, opaque }: Source, range: Range): string {
  if (opaque.length === 0) return text.slice(range.from, range.to);
  return stretchesOf(range, opaque)
    .map(({ from, to, isOpaque }) => (isOpaque ? '…' : text.slice(from, to)))
    .join('');
}

/** Whether a part of the range is known only at run time. */
export function isOpaque({ opaque }: Source, range: Range): boolean {
  return opaque.length > 0 && opaque.some((hole) => overlaps(hole, range));
}
