import type { Analysis } from './analyse-scripts.ts';
import type { Attempted, Change, ReadableWork, Work } from './attempt.ts';
import { captureContainer, noPlaceFor } from './capture/capture-container.ts';
import { fitsLabel } from './capture/early-stopping.ts';
import { explainMetrics } from './capture/explain-metrics.ts';
import { findMissingVolume } from './capture/find-volume.ts';
import { noteOwnReports } from './capture/note-own-reports.ts';
import { pushesAlready } from './capture/pushes-already.ts';
import { applyPatch, createPatch, type PatchBuilder } from './change/build-patch.ts';
import { noteRecord } from './change/note-record.ts';
import { pushKind } from './change/set-collector.ts';
import { placeholderOf, trialNameParameter, trialParameterEntry } from './change/trial-name.ts';
import type { Attempt } from './decide/decide-way.ts';
import { type Diagnostic, diagnose, type ScriptsReport } from './diagnostics/diagnose.ts';
import { pointerOf, valueAt } from './json-pointer.ts';
import { leaveAll } from './leave-scripts.ts';
import type { PrimaryContainer } from './locate/locate-container.ts';
import {
  algorithmLabel,
  captureLabel,
  deliverLabel,
  labelsAnnotation,
  outcomeAnnotation,
} from './policy/choices.ts';
import { findOwnReports } from './policy/decide-after.ts';
import { findIdle } from './policy/find-misnamed.ts';
import { findOversize } from './policy/find-oversize.ts';
import { noteUnenforced } from './policy/note-forced.ts';
import { noteUncovered } from './policy/note-uncovered.ts';
import type { Experiment } from './read-experiment.ts';
import { noteLabels } from './record/own-labels.ts';
import type { Trace } from './record/record.ts';
import { nothing } from './report-experiment.ts';
import { describeCapture } from './summarize.ts';

/** Has the container captured, if nothing speaks against it. */
export function attemptContainer(
  { kind, reason }: Attempt,
  work: Work,
  analysis: Analysis | Diagnostic,
): Attempted {
  const { template, interpreter, experiment, capturing } = work;
  if (template && pushesAlready(template.container))
    return { objection: diagnose('already-rewritten', 'The container pushes already.') };
  const read = 'code' in analysis ? undefined : analysis;
  if (kind === 'container-if-printed' && !(read && prints(read))) {
    const nothing = diagnose('nothing-to-rewrite', 'No script that can be seen prints a wanted metric.');
    const objection = (read && findOwnReports(work.settings, read.rewritten)) ?? nothing;
    return { objection, ...(read ? { report: leaveAll(read.report) } : {}) };
  }
  const explained = explain(read, experiment);
  const notes = [
    ...findIdle(experiment, 'container'),
    ...(read ? noteOwnReports(experiment, work.settings, read.rewritten) : []),
    ...noteUncovered(explained, 'container'),
  ];
  if (capturing === 'label') return labelExperiment(work, reason, explained, notes);
  if (template) return wrapTemplate({ ...work, template }, reason, explained, notes);
  return { objection: 'code' in interpreter ? interpreter : diagnose('no-command', reason) };
}

/** What the container way reads of the scripts. */
export function explain(analysis: Analysis | undefined, experiment: Experiment): ScriptsReport {
  return explainMetrics(analysis?.report ?? nothing, experiment, {
    isClosed: analysis?.rewritten.isClosed ?? false,
    byDefault: analysis?.work.filters.portable === null,
  });
}

/** Whether a script that can be seen prints a wanted metric, and reports none by itself. */
function prints({ rewritten, report }: Analysis): boolean {
  const statements = report.scripts.flatMap((script) => script.statements);
  return (
    !rewritten.reportsItself &&
    statements.some(({ metrics, hidden, elsewhere }) => metrics.length > 0 && !hidden && !elsewhere)
  );
}

/**
 * Has an Experiment's Trials captured: labels, which Katib copies to each Trial, and one annotation that keeps the reason.
 * Its spec stays as it is.
 *
 * @param report what is known of the scripts
 */
function labelExperiment(
  work: Work,
  reason: string,
  report: ScriptsReport,
  notes: readonly Diagnostic[],
): Attempted {
  const { given, experiment, settings } = work;
  const { algorithm = '', earlyStopping, annotations } = experiment;
  if (earlyStopping && !fitsLabel(algorithm))
    return {
      objection: diagnose(
        'early-stopping',
        `The algorithm's name ${JSON.stringify(algorithm)} does not fit into a label, by which a Trial finds its early stopping service.`,
        {
          pointer: '/spec/algorithm/algorithmName',
          hint: 'Take earlyStopping out, or leave the trials to the sidecar.',
        },
      ),
      report: leaveAll(report),
    };
  const patch = createPatch(given);
  const label = (name: string, value: string): void => patch.set(['metadata', 'labels', name], value);
  label(captureLabel, 'container');
  if (fitsLabel(algorithm)) label(algorithmLabel, algorithm);
  if (settings.deliver !== 'live' || annotations[deliverLabel] !== undefined)
    label(deliverLabel, settings.deliver);
  if (patch.build().length === 0)
    return {
      objection: diagnose('already-rewritten', 'The labels for the trials are there already.'),
      report,
    };
  const labelled = applyPatch(given, patch.build());
  patch.set(['metadata', 'annotations', labelsAnnotation], noteLabels(given, labelled));
  return changeBy(patch, work, reason, report, notes);
}

/** What a patch does to the Experiment, with the annotation that keeps the reason. */
function changeBy(
  patch: PatchBuilder,
  { given, experiment, settings }: Work,
  reason: string,
  report: ScriptsReport,
  notes: readonly Diagnostic[],
): Change {
  patch.set(['metadata', 'annotations', outcomeAnnotation], `container: ${reason}`);
  const operations = patch.build();
  return {
    patch: operations,
    experiment: applyPatch(given, operations),
    summary: describeCapture(experiment, report),
    collector: pushKind(settings),
    report,
    notes,
  };
}

/** Words longer than this, together, are not kept a second time. */
const mostKept = 4096;

/** The words that a container had, by pointer, where they were joined: what is there now does not tell them. */
function wordsBefore(given: unknown, { at }: PrimaryContainer, joined: boolean): ReadonlyMap<string, Trace> {
  const kept = new Map<string, Trace>();
  for (const field of joined ? ['command', 'args'] : []) {
    const words = valueAt(given, [...at, field]);
    if (Array.isArray(words) && words.length > 0 && words.join('').length <= mostKept)
      kept.set(pointerOf([...at, field]), words);
  }
  return kept;
}

/**
 * Puts an Experiment's template itself under the shim: for a cluster in which nobody reviews Trials. Early stopping is
 * refused: its rules are known to each Trial alone.
 */
function wrapTemplate(
  work: ReadableWork,
  reason: string,
  report: ScriptsReport,
  notes: readonly Diagnostic[],
): Attempted {
  const { given, experiment, settings, interpreter, filters } = work;
  const { container, runs } = work.template;
  if (experiment.earlyStopping && settings.rewrite !== 'forced') {
    const message =
      'Early stopping is configured: its rules reach the shim only where the webhook reviews Trials.';
    const hint =
      'Leave the Experiment to the webhook; or take earlyStopping out, or set katib-push.io/rewrite: forced: no trial is stopped then.';
    return {
      objection: diagnose('early-stopping', message, { pointer: '/spec/earlyStopping', hint }),
      report: leaveAll(report),
    };
  }
  const missing = findMissingVolume(experiment, container);
  if (missing && !missing.volumes)
    return { objection: noPlaceFor(missing.folder, container), report: leaveAll(report) };
  const parameter = trialNameParameter(experiment);
  const patch = createPatch(given);
  captureContainer(patch, {
    experiment,
    container,
    runs,
    filters,
    settings,
    ...('word' in interpreter ? { interpreter: interpreter.word } : {}),
    ...(container.severalPods ? {} : { trialName: placeholderOf(parameter).placeholder }),
  });
  if (!container.severalPods && parameter.added)
    patch.append(['spec', 'trialTemplate', 'trialParameters'], trialParameterEntry(parameter));
  noteRecord(patch, given, false, wordsBefore(given, container, runs.joined));
  const unenforced = noteUnenforced(experiment, settings);
  const change = changeBy(patch, work, reason, report, [...unenforced, ...notes]);
  const oversize = findOversize(change.patch, given, change.experiment, settings.maxGrowth);
  return oversize ? { objection: oversize, report: leaveAll(report) } : change;
}
