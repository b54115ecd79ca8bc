import type { DiagnosticCode, ExperimentReport, ScriptsReport } from '@katib-push/katib';

/** Diagnostics of output that is there, or may be, and that no client reads. */
const UNREAD: readonly DiagnosticCode[] = [
  'script-in-image',
  'unknown-command',
  'not-followed',
  'read-only',
  'output-filtered',
  'unreadable-output',
  'no-client',
  'no-place-for-prelude',
  'not-rewritable',
  'syntax-error',
  'shell-syntax-error',
  'old-syntax',
  'binary',
  'verification-failed',
  'metric-left-behind',
];

/**
 * Whether a rewrite left output behind that may hold wanted metrics, so that rows may be missing: a statement that
 * may write one stayed as it was, or something is run that can't be read. Fit for the option `partial`.
 */
export function leavesBehind(
  report: Pick<ScriptsReport, 'scripts' | 'diagnostics'> & Partial<Pick<ExperimentReport, 'way'>>,
): boolean {
  if (report.way === 'container') return false; // all that is written is read
  const stays = report.scripts.some(({ statements }) =>
    statements.some(({ verdict, metrics, rewritten }) => {
      if (rewritten) return false;
      return verdict === 'metric' || verdict === 'dynamic' || verdict === 'suppressed' || metrics.length > 0;
    }),
  );
  return stays || report.diagnostics.some(({ code }) => UNREAD.includes(code));
}
