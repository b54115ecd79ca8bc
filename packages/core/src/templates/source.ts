import { overlaps, type Range, stretchesOf } from '../layers/range.ts';

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
