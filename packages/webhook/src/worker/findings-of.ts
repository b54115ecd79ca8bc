import { annotationPrefix, type ExperimentRewrite, type TrialRewrite, valueAt } from '@katib-push/katib';
import type { Findings } from './messages.ts';

const mostNotes = 50;

/** What is worth telling of a rewrite to who asked for the admission. */
export function findingsOf(experiment: unknown, { patch, report }: ExperimentRewrite): Findings {
  return {
    outcome: report.outcome,
    patch,
    summary: report.summary,
    pushed: report.metrics.filter(({ covered }) => covered !== 'no').map(({ name }) => name),
    collector: report.collector.before,
    asked: ['enabled', 'forced'].includes(annotationOf(experiment)),
    notes: report.diagnostics
      .slice(0, mostNotes)
      .map(({ code, severity, message, hint }) => ({ code, severity, message, hint })),
  };
}

/** The same of a Trial. */
export function findingsOfTrial({ patch, report }: TrialRewrite): Findings {
  return {
    outcome: report.outcome === 'captured' ? 'rewritten' : report.outcome,
    patch,
    summary: report.reason,
    pushed: [],
    collector: report.collector.before,
    asked: true,
    notes: report.diagnostics
      .slice(0, mostNotes)
      .map(({ code, severity, message, hint }) => ({ code, severity, message, hint })),
  };
}

function annotationOf(experiment: unknown): string {
  return String(valueAt(experiment, ['metadata', 'annotations', `${annotationPrefix}rewrite`]) ?? '');
}
