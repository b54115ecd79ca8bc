import { compileFilters, type Language, type SureCommand } from '@katib-push/core';
import { findRemedy } from './advice/find-remedy.ts';
import { noteRetries } from './advice/note-retries.ts';
import type { Attempted, Work } from './attempt.ts';
import { labelExperiment, wrapTemplate } from './attempt-container.ts';
import { type Analysis, analyse } from './attempt-source.ts';
import { explainMetrics } from './capture/explain-metrics.ts';
import { isCaptured, pushesAlready } from './capture/pushes-already.ts';
import { type Attempt, decideWay } from './decide/decide-way.ts';
import { findInterpreter } from './decide/find-interpreter.ts';
import { type Diagnostic, diagnose, type ScriptsReport } from './diagnostics/diagnose.ts';
import { pointerOf } from './json-pointer.ts';
import { readTemplate } from './locate/read-template.ts';
import { findMisnamed } from './policy/find-misnamed.ts';
import { type RewriteOptions, readSettings } from './policy/settings.ts';
import { readExperiment } from './read-experiment.ts';
import { recordTextOf } from './record/place.ts';
import type { ExperimentReport } from './report.ts';
import { changed, type ExperimentRewrite, fail, keep, nothing, whereOf } from './report-experiment.ts';

/**
 * Rewrites one Experiment: locate ─▶ core's rewrite ─▶ policy ─▶ patch. Never throws on what the user gave; the
 * report says what was done and why.
 */
export function rewriteWith(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions = {},
): ExperimentRewrite {
  return rewriteOrKeep(languages, given, options, 'label');
}

/**
 * The same without a webhook that reviews Trials: where the container way is taken, the template itself is put under the
 * shim.
 */
export function wrapTemplateWith(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions = {},
): ExperimentRewrite {
  return rewriteOrKeep(languages, given, options, 'wrap');
}

/** What the container way does to an Experiment: it labels it for the review of its Trials, or wraps its template. */
type Capturing = 'label' | 'wrap';

function rewriteOrKeep(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions,
  capturing: Capturing,
): ExperimentRewrite {
  const rewrite = (one: unknown) => rewriteReadable(languages, one, options, capturing);
  try {
    return withRemedy(given, rewrite(given), (changed) => rewrite(changed).report);
  } catch (error) {
    // Whatever goes wrong in here, the Experiment must not suffer from it.
    return fail(given, error);
  }
}

function rewriteReadable(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions,
  capturing: Capturing,
): ExperimentRewrite {
  const { experiment, diagnostics } = readExperiment(given);
  if (!experiment) return keep(given, undefined, diagnostics);
  const misnamed = findMisnamed(experiment);
  const refuse = (reasons: readonly Diagnostic[], rest?: ScriptsReport, where?: Partial<ExperimentReport>) =>
    keep(given, experiment, reasons, misnamed, rest, where);
  const { settings, diagnostics: faults } = readSettings(experiment, options);
  if (!settings) return refuse(faults);

  const template = readTemplate(experiment, languages);
  const readable = 'code' in template ? undefined : template;
  if (readable && isCaptured(readable.container))
    return refuse([diagnose('already-rewritten', 'The command runs under the shim already.')]);
  const interpreter =
    'code' in template ? template : (readable?.fault ?? findInterpreter(template.runs, languages));
  const { attempts, refusal } = decideWay({ experiment, settings, interpreter });
  if (attempts.length === 0) return refuse(refusal ? [refusal] : []);
  const { filters, diagnostics: filterFaults } = compileFilters(experiment.metrics, experiment.filters);
  if (!filters) {
    const pointer = pointerOf([...experiment.subject.collector, 'source', 'filter', 'metricsFormat']);
    return refuse(
      filterFaults.map((fault) => ({ ...fault, pointer })),
      undefined,
      { outcome: 'failed' },
    );
  }

  const work = readable && { ...readable, given, experiment, settings, languages, filters, filterFaults };
  const analysis = work && !findLarge(work) ? inferFormats(work, analyse(work)) : undefined;
  const objections: Diagnostic[] = [];
  let read: ScriptsReport | undefined;
  for (const attempt of attempts) {
    const attempted =
      attempt.way === 'source'
        ? trySource(attempt, work, analysis)
        : tryContainer(attempt, work, analysis, { given, experiment, settings, capturing, interpreter });
    if ('patch' in attempted)
      return changed(attempted, attempt, experiment, readable, [
        ...misnamed,
        ...filterFaults,
        ...noteRetries(experiment, settings, attempt.way),
      ]);
    objections.push(attempted.objection);
    read ??= attempted.report;
    // Whatever else speaks against a way speaks against the next, or is no reason to look for one.
    if (attempted.objection.code !== 'nothing-to-rewrite') break;
  }
  // What an earlier version rewrote in a way that is no more.
  if (readable && pushesAlready(readable.container) && recordTextOf(given) !== undefined)
    return refuse(
      [diagnose('already-rewritten', 'The scripts are rewritten already.')],
      read,
      whereOf(readable),
    );
  const decisive = refusal ? [refusal, ...objections] : objections.slice(0, 1);
  return refuse(decisive, read, readable ? whereOf(readable) : {});
}

/** The analysis with the filters that it proposes itself, where the user asks for that. */
function inferFormats(work: Work, analysis: Analysis): Analysis {
  const { experiment, settings } = work;
  const formats = analysis.report.formats?.proposal;
  const pushes = experiment.collector === 'Push' || experiment.collector === 'None';
  if (settings.formats !== 'infer' || !pushes || !formats) return analysis;
  const metrics = experiment.metrics.map(
    (name) => formats.renames.find(({ wanted }) => wanted === name)?.printed ?? name,
  );
  const { filters } = compileFilters(metrics, formats.metricsFormat ?? experiment.filters);
  return filters ? analyse({ ...work, experiment: { ...experiment, metrics }, filters, formats }) : analysis;
}

/** The result with the way out as the hint of what decides, where one was found. */
function withRemedy(
  given: unknown,
  result: ExperimentRewrite,
  tryOut: (changed: unknown) => ExperimentReport,
): ExperimentRewrite {
  const { report } = result;
  const remedy = findRemedy(given, report, tryOut);
  const [decisive] = report.diagnostics;
  if (!remedy || !decisive) return result;
  const about = report.outcome === 'rewritten' ? report.diagnostics.find(isAboutObjective(report)) : decisive;
  const diagnostics = report.diagnostics.map((one) => (one === about ? { ...one, hint: remedy.text } : one));
  return { ...result, report: { ...report, remedy, diagnostics } };
}

function isAboutObjective({ metrics }: ExperimentReport) {
  return ({ metric }: Diagnostic): boolean => metric !== undefined && metric === metrics[0]?.name;
}

function trySource({ kind }: Attempt, work: Work | undefined, analysis: Analysis | undefined): Attempted {
  const large = work && findLarge(work);
  if (large) return { objection: large };
  if (!analysis) return { objection: diagnose('no-command', 'There is no command to read.') };
  return analysis.apply(kind);
}

function tryContainer(
  { kind, reason }: Attempt,
  work: Work | undefined,
  analysis: Analysis | undefined,
  rest: Pick<Work, 'given' | 'experiment' | 'settings'> & {
    readonly capturing: Capturing;
    readonly interpreter: SureCommand | Diagnostic;
  },
): Attempted {
  const { given, experiment, settings, capturing, interpreter } = rest;
  if (work && pushesAlready(work.container))
    return { objection: diagnose('already-rewritten', 'The container pushes already.') };
  if (kind === 'container-if-printed' && !(analysis && prints(analysis)))
    return {
      objection: diagnose('nothing-to-rewrite', 'No script that can be seen prints a wanted metric.'),
    };
  const explained = explainMetrics(analysis?.report ?? nothing, experiment.metrics);
  if (capturing === 'label') return labelExperiment(given, experiment, settings, reason, explained);
  if (work)
    return wrapTemplate(work, 'word' in interpreter ? interpreter.word : undefined, reason, explained);
  return 'code' in interpreter ? { objection: interpreter } : { objection: diagnose('no-command', reason) };
}

/** Whether a script that can be seen prints a wanted metric, and reports none by itself. */
function prints({ rewritten, report }: Analysis): boolean {
  const statements = report.scripts.flatMap((script) => script.statements);
  return !rewritten.reportsItself && statements.some(({ metrics, hidden }) => metrics.length > 0 && !hidden);
}

/** A text that is too long to be read. */
function findLarge({ words, settings }: Work): Diagnostic | undefined {
  const large = words.strings.find(({ text }) => text.length > settings.maxScriptLength);
  if (!large) return undefined;
  const { pointer, text } = large;
  const message = `${pointer} has ${text.length} characters; the limit is ${settings.maxScriptLength}.`;
  return diagnose('too-large', message, { pointer });
}
