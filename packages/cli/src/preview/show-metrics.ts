import type { MetricReport } from '@katib-push/core';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { layTable } from '../terminal/table.ts';

const words = { yes: 'covered', possibly: 'possibly', no: 'not covered' } as const;

/** The table of the wanted metrics: whether and where they are written. */
export function showMetrics(
  metrics: readonly MetricReport[],
  colours: Colours,
  width: number,
): readonly string[] {
  if (metrics.length === 0) return [];
  const several = new Set(metrics.flatMap(({ where }) => where.map(({ script }) => script))).size > 1;
  const paints = { yes: colours.green, possibly: colours.cyan, no: colours.yellow } as const;
  const rows = metrics.map((metric) => [
    { text: neutralise(metric.name), paint: metric.objective ? colours.bold : (text: string) => text },
    { text: metric.objective ? 'objective' : '', paint: colours.dim },
    { text: words[metric.covered] ?? metric.covered, paint: paints[metric.covered] ?? colours.reset },
    {
      text: neutralise([showPlaces(metric, several), metric.reason].filter((part) => part !== '').join(': ')),
    },
  ]);
  const columns = [
    { title: 'metric', limit: Math.max(20, Math.floor(width / 3)) },
    { title: '' },
    { title: 'pushed' },
    { title: 'where, or why not' },
  ];
  return layTable(columns, rows, width, colours.dim);
}

/** `line 14`, `lines 3, 9 and 14`; with the script's name where there are several. */
function showPlaces({ where }: MetricReport, several: boolean): string {
  const byScript = Map.groupBy(where, ({ script }) => script);
  return [...byScript]
    .map(([script, places]) => {
      const lines = [...new Set(places.map(({ line }) => line))];
      const last = lines.pop();
      const list = lines.length === 0 ? `line ${last}` : `lines ${lines.join(', ')} and ${last}`;
      return several ? `${script} ${list}` : list;
    })
    .join('; ');
}
