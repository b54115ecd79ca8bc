import type { FilePlace } from '../problems/problem.ts';

/** Gives the place of an offset in a text. On its own: core's index would load core before a faulty file is told. */
export function linePlaces(text: string): (offset: number) => FilePlace {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= findStarts(text);
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

function findStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
