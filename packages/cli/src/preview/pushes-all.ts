import type { Preview } from './preview.ts';

/** Reasons for which an Experiment stays as it is because it pushes already. */
const pushesAlready: readonly string[] = ['reports-itself', 'already-rewritten'];

/** Whether every wanted metric of an Experiment would be pushed, as far as can be seen, and no row of it lost. */
export function pushesAll({ report }: Preview): boolean {
  const [reason] = report.diagnostics;
  if (report.outcome === 'unchanged' && reason && pushesAlready.includes(reason.code)) return true;
  const isLossy = report.diagnostics.some(({ code }) => code === 'metric-left-behind');
  return (
    report.outcome === 'rewritten' && !isLossy && report.metrics.every(({ covered }) => covered !== 'no')
  );
}
