/** One match of a filter in a line: the wanted name, the value, and where both stand. UTF-16 offsets in the line. */
export interface LineMatch {
  readonly name: string;
  readonly value: string;
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}
