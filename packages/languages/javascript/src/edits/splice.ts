import type { Edit, Range } from '@katib-push/core';

export interface Spliced {
  readonly text: string;
  /** Where the stand-ins are then. */
  readonly opaque: readonly Range[];
}

/** The text after an edit list. @param edits in any order, without overlap; insertions at one position keep theirs */
export function splice(text: string, edits: readonly Edit[], opaque: readonly Range[]): Spliced {
  const pieces: string[] = [];
  const moved: Range[] = [];
  let at = 0;
  let shift = 0;
  let next = 0;
  const move = (until: number) => {
    for (; next < opaque.length && (opaque[next] as Range).to <= until; next++) {
      const { from, to } = opaque[next] as Range;
      moved.push({ from: from + shift, to: to + shift });
    }
  };
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    move(edit.from);
    pieces.push(text.slice(at, edit.from), edit.insert);
    at = edit.to;
    shift += edit.insert.length - (edit.to - edit.from);
  }
  move(text.length);
  pieces.push(text.slice(at));
  return { text: pieces.join(''), opaque: moved };
}
