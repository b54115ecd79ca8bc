import type { ExperimentReport } from '@katib-push/katib';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { layTable } from '../terminal/table.ts';
import type { Preview } from './create-preview.ts';

const outcomes = { rewritten: 'would change', unchanged: 'stays', failed: 'unusable' } as const;

/** One line for each Experiment: the file, its name, what becomes of it, by which way, which metrics are pushed, and why. */
export function showOverview(previews: readonly Preview[], colours: Colours): readonly string[] {
  const paints = { rewritten: colours.green, unchanged: colours.yellow, failed: colours.red };
  const rows = previews.map(({ manifest, report }) => {
    const pushed = report.metrics.filter(({ covered }) => covered !== 'no').length;
    return [
      { text: neutralise(manifest.source.name) },
      { text: neutralise(report.name) },
      { text: outcomes[report.outcome], paint: paints[report.outcome] },
      { text: report.way ?? '-' },
      { text: report.metrics.length === 0 ? '-' : `${pushed}/${report.metrics.length}` },
      { text: decisiveOf(report)?.code ?? '' },
      { text: neutralise(report.summary) },
    ];
  });
  if (rows.length === 0) return [];
  const columns = ['file', 'experiment', 'outcome', 'way', 'metrics', 'code', 'why'].map((title) => ({
    title,
  }));
  return layTable(columns, rows, Number.POSITIVE_INFINITY, colours.dim);
}

/** Why an Experiment stays as it is; of one that would change, why its objective is not pushed. */
function decisiveOf({ outcome, diagnostics, metrics: [objective] }: ExperimentReport) {
  if (outcome !== 'rewritten') return diagnostics[0];
  return objective?.covered === 'no'
    ? diagnostics.find(({ metric }) => metric === objective.name)
    : undefined;
}
