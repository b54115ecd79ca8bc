import type { Preview } from '../preview/create-preview.ts';
import { findHunks } from '../preview/hunks.ts';
import { headOf } from '../preview/show-preview.ts';
import type { RunReport } from './run-report.ts';

/** What a run's page takes from the preview: the Experiment's name, what became of it, and the diff of its scripts. */
export function describePreview(preview: Preview): Pick<RunReport, 'title' | 'summary' | 'scripts'> {
  const { outcome, summary, scripts } = preview.report;
  return {
    title: headOf(preview),
    summary: `${outcome === 'rewritten' ? 'Rewritten' : 'Not rewritten'}: ${summary}`,
    scripts: scripts
      .filter(({ before, after }) => before !== after)
      .map(({ name, before, after }) => ({ name, hunks: findHunks(before, after) })),
  };
}
