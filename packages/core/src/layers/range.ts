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
