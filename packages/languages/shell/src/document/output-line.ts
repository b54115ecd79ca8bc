import { joinValues, type Value } from '../values/value.ts';
import type { Echo } from '../walk/shell.ts';
import { comesOut, streamOf } from '../walk/streams.ts';

/** Whether the text ends in a newline, or is empty. What isn't known may not. */
function isWhole({ value, sink }: Echo): boolean {
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
export function linesOf(written: readonly Echo[]): ReadonlyMap<number, Value> {
  const lines = new Map<number, Value>();
  const open = new Map<string, number[]>();
  const close = (key: string): void => {
    const parts = open.get(key) ?? [];
    open.delete(key);
    const echoes = parts.flatMap((index) => written[index] ?? []);
    const [first] = echoes;
    const values = echoes.flatMap(({ value }) => value ?? []);
    const isOne = echoes.every(({ ways }) => ways.join() === first?.ways.join());
    if (values.length < echoes.length || !isOne) return;
    const line = joinValues(values);
    for (const index of parts) lines.set(index, line);
  };
  written.forEach((one, index) => {
    if (!comesOut(one.output)) return;
    const key = `${one.process} ${streamOf(one.output)}`;
    const parts = open.get(key);
    if (parts) parts.push(index);
    else open.set(key, [index]);
    if (isWhole(one)) close(key);
  });
  for (const key of [...open.keys()]) close(key);
  return lines;
}
