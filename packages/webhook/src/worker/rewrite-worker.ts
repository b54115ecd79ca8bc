// The worker's entry: loads the languages once, then answers each object with what its rewrite came to.
import { parentPort, workerData } from 'node:worker_threads';
import {
  annotationPrefix,
  type Diagnostic,
  type ExperimentRewrite,
  loadLanguages,
  rewriteTrialWith,
  rewriteWith,
  type TrialRewrite,
  valueAt,
} from '@katib-push/katib';
import { optionsFor } from '../admission-options.ts';
import type { Findings, WorkerSettings, WorkerTask } from './messages.ts';
import { warmUp } from './warm-up.ts';

const mostNotes = 50;

const settings = workerData as WorkerSettings;
const languages = await loadLanguages();
warmUp(languages, settings.options);
parentPort?.on('message', ({ kind, object, namespace }: WorkerTask) => {
  const options = optionsFor(namespace, settings);
  parentPort?.postMessage(
    kind === 'Trial'
      ? findingsOfTrial(rewriteTrialWith(languages, object, options))
      : findingsOf(object, rewriteWith(languages, object, options)),
  );
});
parentPort?.postMessage('ready');

function findingsOf(experiment: unknown, { patch, report }: ExperimentRewrite): Findings {
  const asked = valueAt(experiment, ['metadata', 'annotations', `${annotationPrefix}rewrite`]);
  return {
    outcome: report.outcome,
    patch,
    summary: report.summary,
    pushed: report.metrics.filter(({ covered }) => covered !== 'no').map(({ name }) => name),
    way: report.way,
    collector: report.collector.before,
    asked: asked === 'enabled' || asked === 'forced',
    notes: notesOf(report.diagnostics),
  };
}

function findingsOfTrial({ patch, report }: TrialRewrite): Findings {
  return {
    outcome: report.outcome === 'captured' ? 'rewritten' : report.outcome,
    patch,
    summary: report.reason,
    pushed: [],
    way: null,
    collector: report.collector.before,
    asked: true,
    notes: notesOf(report.diagnostics),
  };
}

function notesOf(diagnostics: readonly Diagnostic[]): Findings['notes'] {
  return diagnostics
    .slice(0, mostNotes)
    .map(({ code, severity, message, hint }) => ({ code, severity, message, hint }));
}
