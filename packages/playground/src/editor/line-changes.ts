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
    const fromA = linesA[stretch.fromA] ?? before.length;
    const toA = linesA[stretch.toA] ?? before.length;
    const fromB = linesB[stretch.fromB] ?? after.length;
    const toB = linesB[stretch.toB] ?? after.length;
    const whole = new Change(fromA, toA, fromB, toB);
    if (fromA === toA || fromB === toB || toA - fromA + toB - fromB > longestStretch) return [whole];
    return diff(before.slice(fromA, toA), after.slice(fromB, toB)).map(
      (change) =>
        new Change(fromA + change.fromA, fromA + change.toA, fromB + change.fromB, fromB + change.toB),
    );
  });
}

/** Where each line begins. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
