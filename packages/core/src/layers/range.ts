/** A half-open range of UTF-16 code units. Which layer it belongs to is said where it is used. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Whether two ranges share at least one code unit. Empty ranges share none. */
export function overlaps(a: Range, b: Range): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Whether `outer` holds every position of `inner`, ends included. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** The stretches of a range, in order: those that lie in one of some others (`isOpaque`), and what is between them. */
export function stretchesOf(
  { from, to }: Range,
  opaque: readonly Range[],
): readonly (Range & { readonly isOpaque: boolean })[] {
  const found: (Range & { readonly isOpaque: boolean })[] = [];
  let at = from;
  for (const hole of opaque) {
    if (hole.to <= at || hole.from >= to) continue;
    const [start, end] = [Math.max(at, hole.from), Math.min(hole.to, to)];
    if (at < start) found.push({ from: at, to: start, isOpaque: false });
    found.push({ from: start, to: end, isOpaque: true });
    at = end;
  }
  return at < to ? [...found, { from: at, to, isOpaque: false }] : found;
}
