import type { Context } from '../context.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { layTable } from '../terminal/table.ts';
import type { Row } from './live-view.ts';
import { plotMetric } from './plot-metric.ts';
import { toNumber } from './to-number.ts';

/** A plot per metric, and a table with rows, latest, min and max, as Katib's controller takes them. */
export function summarize(
  rows: readonly Row[],
  { errorColours: colours, io, width }: Context,
): readonly string[] {
  if (rows.length === 0) return [];
  const room = Math.min(io.stderr.columns ?? 100, Number.isFinite(width) ? width : 100);
  const metrics = [...Map.groupBy(rows, ({ name }) => name)].map(([name, own]) => ({
    name: neutralise(name),
    values: own.map(({ value }) => value),
  }));
  const plots = metrics.flatMap(({ name, values }) => {
    const plot = plotMetric(values.map(toNumber), room);
    return plot.length === 0 ? [] : [colours.bold(name), ...plot.map((line) => colours.cyan(line)), ''];
  });
  const columns = [
    { title: 'metric', limit: 40 },
    { title: 'rows', align: 'right' },
    { title: 'latest', align: 'right', limit: 24 },
    { title: 'min', align: 'right', limit: 24 },
    { title: 'max', align: 'right', limit: 24 },
  ] as const;
  const cells = metrics.map(({ name, values }) => {
    const [min, max] = extremesOf(values);
    return [name, String(values.length), neutralise(values.at(-1) ?? ''), min, max].map((text) => ({ text }));
  });
  return [...plots, ...layTable(columns, cells, room, colours.dim)];
}

/** The texts of the least and the greatest value that is a number; empty if there is none. */
function extremesOf(values: readonly string[]): readonly [string, string] {
  let least: string | undefined;
  let most: string | undefined;
  for (const value of values) {
    const number = toNumber(value);
    if (Number.isNaN(number)) continue;
    if (least === undefined || number < toNumber(least)) least = value;
    if (most === undefined || number > toNumber(most)) most = value;
  }
  return [least ?? '', most ?? ''];
}
