import { Change, diff } from '@codemirror/merge';
import { alignLines } from 'katib-push/preview';

/** Characters of a changed stretch up to which the changes within its lines are looked for. */
const longestStretch = 4000;

/** The changes between two texts: first whole lines are aligned, then those that differ are compared by characters. */
export function findLineChanges(before: string, after: string): readonly Change[] {
  const linesA = startsOf(before);
  const linesB = startsOf(after);
  return alignLines(before.split('\n'), after.split('\n')).flatMap((stretch) => {
    if (stretch.same) return [];
    const whole = withoutLastBreak(
      before,
      new Change(
        linesA[stretch.fromA] ?? 0,
        linesA[stretch.toA] ?? 0,
        linesB[stretch.fromB] ?? 0,
        linesB[stretch.toB] ?? 0,
      ),
    );
    const { fromA, toA, fromB, toB } = whole;
    if (fromA === toA || fromB === toB || toA - fromA + toB - fromB > longestStretch) return [whole];
    return diff(before.slice(fromA, toA), after.slice(fromB, toB)).map(
      (change) =>
        new Change(fromA + change.fromA, fromA + change.toA, fromB + change.fromB, fromB + change.toB),
    );
  });
}

/** Where each line begins, and where one more would: behind a line break at the end that is not there. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return [...starts, text.length + 1];
}

/**
 * A change that reaches the last lines would take that line break with it. What is only inserted or removed there has the
 * break in front of it instead:
 *
 *     a⏎         a⏎b⏎
 *       ^          ^^   becomes "⏎b" behind "a"
 */
function withoutLastBreak(before: string, change: Change): Change {
  const { fromA, toA, fromB, toB } = change;
  if (toA <= before.length) return change;
  if (fromA < toA && fromB < toB) return new Change(fromA, toA - 1, fromB, toB - 1);
  return new Change(fromA - 1, toA - 1, fromB - 1, toB - 1);
}
