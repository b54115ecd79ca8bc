import type { ExperimentReport } from '@katib-push/katib';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';
import type { Preview } from './create-preview.ts';

/** One line on all Experiments: `1 experiment would change: pushes accuracy and loss, no sidecar.` */
export function conclude(previews: readonly Preview[]): string {
  const changed = previews.filter(({ report }) => report.outcome === 'rewritten');
  const failed = previews.filter(({ report }) => report.outcome === 'failed');
  const unchanged = previews.length - changed.length - failed.length;
  const parts = [
    changed.length > 0 ? `${count(changed.length, 'experiment')} would change` : '',
    unchanged > 0
      ? `${count(unchanged, 'experiment')} would stay as ${unchanged === 1 ? 'it is' : 'they are'}`
      : '',
    failed.length > 0 ? `${count(failed.length, 'experiment')} can't be rewritten` : '',
  ].filter((part) => part !== '');
  const [only] = previews.length === 1 ? previews : [];
  if (only?.ifEnabled) return concludeIfEnabled(only.ifEnabled);
  const summary = only ? neutralise(only.report.summary).replace(/\.$/, '') : '';
  const waiting = previews.filter(({ ifEnabled }) => ifEnabled?.outcome === 'rewritten').length;
  const asked = waiting > 0 ? ` ${count(waiting, 'experiment')} would change with --enable.` : '';
  return `${ended(`${parts.join(', ')}${summary === '' ? '' : `: ${summary}`}`)}${asked}`;
}

/** The last line on one Experiment for which nothing asks. */
function concludeIfEnabled({ outcome, summary }: ExperimentReport): string {
  const would = outcome === 'rewritten' ? 'would change' : 'would stay as it is';
  const asks = 'Nothing asks for it: set the annotation katib-push.io/rewrite: enabled, or add --enable.';
  return `${ended(`If it were asked for, 1 experiment ${would}: ${neutralise(summary).replace(/\.$/, '')}`)} ${asks}`;
}

/** A sentence with a full stop, unless it ends with a question. */
function ended(sentence: string): string {
  return sentence.endsWith('?') ? sentence : `${sentence}.`;
}

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
