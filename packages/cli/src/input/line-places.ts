import { once, splitLines } from '@katib-push/core';
import type { FilePlace } from '../problems/problem.ts';

/** Gives the place of an offset in a text. */
export function linePlaces(text: string): (offset: number) => FilePlace {
  const lines = once(() => splitLines(text));
  return (offset) => {
    const line = lines().lineAt(offset);
    return { line, column: offset - (lines().starts[line - 1] as number) + 1 };
  };
}
