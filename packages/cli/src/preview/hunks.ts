import { alignLines } from '../yaml/align-lines.ts';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** A part of a unified diff. */
export interface Hunk {
  /** 1-based first lines, and counts, before and after. */
  readonly from: number;
  readonly count: number;
  readonly toFrom: number;
  readonly toCount: number;
  readonly lines: readonly DiffLine[];
}

/** The hunks of a unified diff between two texts, each with up to `context` equal lines around its changes. */
export function findHunks(before: string, after: string, context = 3): readonly Hunk[] {
  const linesA = splitLines(before);
  const linesB = splitLines(after);
  const hunks: Hunk[] = [];
  let lines: DiffLine[] = [];
  let from = 0;
  let toFrom = 0;
  const close = (): void => {
    if (lines.some((line) => line.kind !== 'same')) {
      const count = lines.filter((line) => line.kind !== 'added').length;
      const toCount = lines.filter((line) => line.kind !== 'removed').length;
      hunks.push({
        from: count === 0 ? from : from + 1,
        count,
        toFrom: toCount === 0 ? toFrom : toFrom + 1,
        toCount,
        lines,
      });
    }
    lines = [];
  };
  const stretches = alignLines(linesA, linesB);
  for (const [index, stretch] of stretches.entries()) {
    if (!stretch.same) {
      for (const text of linesA.slice(stretch.fromA, stretch.toA)) lines.push({ kind: 'removed', text });
      for (const text of linesB.slice(stretch.fromB, stretch.toB)) lines.push({ kind: 'added', text });
      continue;
    }
    const equal = linesA.slice(stretch.fromA, stretch.toA);
    const open = lines.length > 0;
    if (open && equal.length <= 2 * context && index < stretches.length - 1) {
      lines.push(...equal.map((text) => ({ kind: 'same', text }) as const));
      continue;
    }
    if (open) lines.push(...equal.slice(0, context).map((text) => ({ kind: 'same', text }) as const));
    close();
    const lead = Math.min(context, equal.length);
    from = stretch.toA - lead;
    toFrom = stretch.toB - lead;
    lines = equal.slice(equal.length - lead).map((text) => ({ kind: 'same', text }));
  }
  close();
  return hunks;
}

function splitLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
