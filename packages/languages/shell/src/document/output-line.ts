import { joinValues, type Value } from '../values/value.ts';
import type { Echo, Written } from '../walk/shell.ts';
import { comesOut, streamOf } from '../walk/streams.ts';

/** Whether the text ends in a newline, or is empty. What isn't known may not. */
export function isWhole({ value, sink }: Echo): boolean {
  if (!value) return sink !== 'printf';
  const last = value.pieces.at(-1);
  return last === undefined || (last.kind !== 'expansion' && value.text.endsWith('\n'));
}

/**
 * The text of the line that each output is a part of, by its place in `written`: it is a line that the collector reads.
 *
 *     printf 'loss='; echo 0.5       both write "loss=0.5\n"
 *
 * Absent where it isn't known, also where the parts are not always written one after the other.
 */
export function linesOf(written: readonly Written[]): ReadonlyMap<number, Value> {
  const lines = new Map<number, Value>();
  const open = new Map<string, number[]>();
  const close = (key: string): void => {
    const parts = open.get(key) ?? [];
    open.delete(key);
    const echoes = parts.map((index) => written[index] as Echo);
    const [first] = echoes;
    const values = echoes.flatMap(({ value }) => value ?? []);
    const isOne = echoes.every(({ ways }) => ways.join() === first?.ways.join());
    if (values.length < echoes.length || !isOne) return;
    const line = joinValues(values);
    for (const index of parts) lines.set(index, line);
  };
  written.forEach((one, index) => {
    if (one.kind !== 'echo' || !comesOut(one.output)) return;
    const key = `${one.process} ${streamOf(one.output)}`;
    const parts = open.get(key);
    if (parts) parts.push(index);
    else open.set(key, [index]);
    if (isWhole(one)) close(key);
  });
  for (const key of [...open.keys()]) close(key);
  return lines;
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
    const why = hindranceFrom(index, echo, written);
    if (why) return why;
  }
  return undefined;
}

function hindranceFrom(index: number, begun: Echo, written: readonly Written[]): string | undefined {
  for (let at = index + 1; at < written.length; at++) {
    const next = written[at] as Written;
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
