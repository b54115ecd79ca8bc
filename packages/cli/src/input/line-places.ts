import { countWhile } from '@katib-push/core';
import type { FilePlace } from '../problems/problem.ts';

/** Gives the place of an offset in a text. */
export function linePlaces(text: string): (offset: number) => FilePlace {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= findStarts(text);
    const line = countWhile(starts, (start) => start <= offset);
    return { line, column: offset - (starts[line - 1] as number) + 1 };
  };
}

function findStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
