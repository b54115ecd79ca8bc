import { alignLines } from './align-lines.ts';
import type { TextEdit } from './text-edit.ts';

/** The edits that make `after` of `before`: by lines, and within lines from the first to the last difference. */
export function compareText(before: string, after: string): readonly TextEdit[] {
  const linesA = before.split(/(?<=\n)/);
  const linesB = after.split(/(?<=\n)/);
  const starts = [0];
  for (const line of linesA) starts.push((starts.at(-1) as number) + line.length);
  const edits: TextEdit[] = [];
  for (const stretch of alignLines(linesA, linesB)) {
    if (stretch.same) continue;
    const { fromA, toA, fromB, toB } = stretch;
    if (toA - fromA === toB - fromB) {
      for (let i = 0; i < toA - fromA; i++) {
        edits.push(
          narrow(linesA[fromA + i] as string, linesB[fromB + i] as string, starts[fromA + i] as number),
        );
      }
    } else {
      edits.push(
        narrow(linesA.slice(fromA, toA).join(''), linesB.slice(fromB, toB).join(''), starts[fromA] as number),
      );
    }
  }
  return edits;
}

/** One edit without what both texts begin and end with. Surrogate pairs stay whole. */
export function narrow(before: string, after: string, offset: number): TextEdit {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  if (head > 0 && isHighSurrogate(before, head - 1)) head--;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (tail > 0 && isLowSurrogate(before, before.length - tail)) tail--;
  return {
    from: offset + head,
    to: offset + before.length - tail,
    insert: after.slice(head, after.length - tail),
  };
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
