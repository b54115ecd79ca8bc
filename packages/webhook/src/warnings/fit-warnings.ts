import { warningLine } from './warning-line.ts';

/** Bytes of all warnings of one answer. The API server cuts them short above 4 096. */
const most = 3_900;

/** Each warning once, in order, as many as fit; the last one then says how many are left out. */
export function fitWarnings(lines: readonly string[]): readonly string[] {
  const distinct = [...new Set(lines)];
  const fitting: string[] = [];
  let bytes = 0;
  for (const line of distinct) {
    bytes += Buffer.byteLength(line);
    if (bytes > most) break;
    fitting.push(line);
  }
  const left = distinct.length - fitting.length;
  return left === 0
    ? fitting
    : [...fitting, warningLine(`${left} more warnings are left out.`, 'See katib-push dry-run.')];
}
