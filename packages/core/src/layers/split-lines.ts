import { countWhile } from './count-while.ts';

/** Positions and lines of one text. Rows and columns count from 0, columns in UTF-16 units. */
export interface Lines {
  /** Where each line starts. A line ends at its `\n`. */
  readonly starts: readonly number[];
  readonly rowAt: (index: number) => number;
}

/** Finds where lines start, once; each look-up is then a binary search. */
export function splitLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { starts, rowAt: (index) => countWhile(starts, (start) => start <= index) - 1 };
}
