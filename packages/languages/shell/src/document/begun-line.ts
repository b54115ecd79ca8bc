import type { Echo, Written } from '../walk/shell.ts';
import { comesOut, streamOf } from '../walk/streams.ts';

/** Whether the text ends in a newline, or is empty. What isn't known may not. */
export function isWhole({ value, sink }: Echo): boolean {
  if (!value) return sink !== 'printf';
  const last = value.pieces.at(-1);
  return last === undefined || (last.kind !== 'expansion' && value.text.endsWith('\n'));
}

/**
 * Why a line that is begun can't be read; absent if the same shell ends it:
 *
 *     printf 'loss='; echo 0.5                 read
 *     printf 'loss='; python -c 'print(0.5)'   the rest comes from another program
 *     for x in $xs; do printf '%s ' $x; done   nothing ends it: the client would wait for the rest
 */
export function hindranceOfLine(runs: readonly number[], written: readonly Written[]): string | undefined {
  for (const index of runs) {
    const echo = written[index] as Echo;
    if (!comesOut(echo.output) || isWhole(echo)) continue;
    const why = endOf(echo, written.slice(index + 1));
    if (why) return why;
  }
  return undefined;
}

function endOf(begun: Echo, following: readonly Written[]): string | undefined {
  for (const next of following) {
    if (!comesOut(next.output)) continue;
    const own = next.kind === 'echo' && (next.sink === 'echo' || next.sink === 'printf');
    if (!own || next.process !== begun.process) return 'another program writes the rest of the line';
    if (streamOf(next.output) !== streamOf(begun.output))
      return 'the rest of the line goes to another stream';
    const certain = next.ways.every((way, i) => begun.ways[i] === way);
    if (certain && isWhole(next)) return undefined;
  }
  return 'the line that it begins may be the last, without a newline';
}
