import { collect, UNAVAILABLE } from '@katib-push/oracle';
import { readOutput } from '../../../../packages/oracle/src/collect/read-output.ts';
import { prepareReading } from '../../../../packages/oracle/src/collect/reading.ts';
import { askShim, type ShimReading } from './ask-shim.ts';
import type { Decided } from './decisions-file.ts';
import type { Decision, Stream } from './stream.ts';

/** A stream of which the shim decides or reports something else than Katib's collector. */
export interface StreamDifference {
  readonly stream: Stream;
  readonly katib: Decision;
  readonly shim: ShimReading;
  /** Rows of the lines until then, as the collector reads them; absent where the decisions differ. */
  readonly expected?: readonly string[];
}

/** Where the shim differs. Where the collector ends with an error, the shim goes on, and must not have stopped before. */
export function compareDecisions(decided: readonly Decided[]): readonly StreamDifference[] {
  const readings = askShim(decided.map(({ stream }) => stream));
  return decided.flatMap(({ stream, decision: katib }, at): readonly StreamDifference[] => {
    const shim = readings[at]!;
    const agrees =
      katib !== null && 'crash' in katib
        ? shim.stop === null || shim.stop >= katib.crash
        : shim.stop === (katib?.stop ?? null);
    if (!agrees) return [{ stream, katib, shim }];
    const expected = rowsOf(stream, shim.stop);
    const isSame = expected === undefined || sameNumbers(expected, shim.rows);
    return isSame ? [] : [{ stream, katib, shim, expected }];
  });
}

/** What is no number is left to the tests of reading: it is mended, or not pushed. */
function sameNumbers(...lists: readonly (readonly string[])[]): boolean {
  const isNumber = (row: string) => {
    const value = row.slice(row.lastIndexOf('=') + 1).trim();
    return value !== '' && Number.isFinite(Number(value));
  };
  return new Set(lists.map((rows) => rows.filter(isNumber).join('\n'))).size === 1;
}

/** What is to be reported of a stream up to a line; undefined where the collector reports nothing of it. */
function rowsOf(
  { names, filters, format, lines }: Stream,
  stop: number | null,
): readonly string[] | undefined {
  const text = lines.slice(0, stop === null ? undefined : stop + 1).join('\n');
  if (format === 'TEXT')
    return readOutput(text, prepareReading(names, filters)).map(({ name, pushed }) => `${name}=${pushed}`);
  try {
    const rows = collect(Buffer.from(text), names, filters, format);
    return rows[0]?.value === UNAVAILABLE ? undefined : rows.map(({ name, value }) => `${name}=${value}`);
  } catch {
    return undefined;
  }
}
