import type { ScriptsReport } from '@katib-push/katib';

/** A script whose lines have moved down by one, because the prelude took a line of its own. */
export interface MovedLines {
  /** Its name in the report: `train.py`, `python3 -c`. */
  readonly script: string;
  /** The first line that moved, counted in the original from 1. */
  readonly from: number;
  /** Whether the script shows line numbers by itself, so that they may stand anywhere in its output. */
  readonly anywhere: boolean;
}

/** What a report says of scripts whose lines have moved. */
export function movedLines(report: ScriptsReport): readonly MovedLines[] {
  return report.diagnostics.flatMap(({ code, script, line }) => {
    if (code !== 'line-numbers-moved' || script === undefined) return [];
    const text = report.scripts.find(({ name }) => name === script)?.before ?? '';
    return [{ script, from: line ?? 1, anywhere: /lineno/i.test(text) }];
  });
}

/** How many characters may stand between a script's name and a line number: `train.py", line 9`, `train.py:main():9`. */
const NEAR = 40;

/**
 * Whether two lines are the same but for line numbers that have moved by exactly one: numbers behind the name of such a
 * script, or any where it shows them by itself.
 */
export function areMoved(before: string, after: string, moved: readonly MovedLines[]): boolean {
  if (moved.length === 0) return false;
  const [old, now] = [before.split(/(\d+)/), after.split(/(\d+)/)];
  if (old.length !== now.length) return false;
  let at = 0;
  return old.every((piece, index) => {
    const other = now[index] as string;
    const place = before.slice(0, at);
    at += piece.length;
    if (piece === other) return true;
    const number = Number(piece);
    return (
      index % 2 === 1 &&
      Number(other) === number + 1 &&
      moved.some(({ script, from, anywhere }) => number >= from && (anywhere || namesScript(place, script)))
    );
  });
}

/** Whether a script's name stands close in front of a place. */
function namesScript(before: string, script: string): boolean {
  const near = before.slice(-NEAR - script.length).replace(/\n/g, '');
  const name = script.replace(/ \(\d+\)$/, '');
  return [name.slice(name.lastIndexOf('/') + 1), '<string>', '<stdin>', '[eval]', '[stdin]', '__main__'].some(
    (each) => near.includes(each),
  );
}
