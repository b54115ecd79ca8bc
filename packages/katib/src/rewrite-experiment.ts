import { compileFilters, type Language } from '@katib-push/core';
import { findRemedy } from './advice/find-remedy.ts';
import { type Analysis, analyseScripts } from './analyse-scripts.ts';
import type { Capturing, Change, Objection, Work } from './attempt.ts';
import { attemptContainer, explain } from './attempt-container.ts';
import { attemptSource } from './attempt-source.ts';
import { isCaptured, pushesAlready } from './capture/pushes-already.ts';
import { type Attempt, decideWay } from './decide/decide-way.ts';
import { type Diagnostic, diagnose, diagnoseFault, type ScriptsReport } from './diagnostics/diagnose.ts';
import { type LocatedWords, locateWords } from './locate/locate-words.ts';
import { placeFaults } from './policy/place-faults.ts';
import { type RewriteOptions, readSettings, type Settings } from './policy/settings.ts';
import { readExperiment } from './read-experiment.ts';
import { recordTextOf } from './record/place.ts';
import type { ExperimentReport } from './report.ts';
import { changed, type ExperimentRewrite, keep, type Refusal } from './report-experiment.ts';

/**
 * Rewrites one Experiment: read ─▶ locate ─▶ decide ─▶ try each way: analyse (core's rewrite) ─▶ policy ─▶ patch. Never
 * throws on what the user gave; the report says what was done and why.
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
    return keep(given, undefined, { reasons: [diagnoseFault(error)] });
  }
}

function rewriteReadable(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions,
  capturing: Capturing,
): ExperimentRewrite {
  const { experiment, diagnostics } = readExperiment(given);
  if (!experiment) return keep(given, undefined, { reasons: diagnostics });
  const { settings, diagnostics: faults } = readSettings(experiment, options);
  if (!settings) return keep(given, experiment, { reasons: faults });
  const located = locateWords(experiment, languages);
  const { attempts, refusal } = decideWay({ experiment, settings, interpreter: located.interpreter });
  const refused = refuseCaptured(located) ?? refuseWay(attempts, refusal);
  if (refused) return keep(given, experiment, refused);
  const { filters, diagnostics: filterFaults } = compileFilters(experiment.metrics, experiment.filters);
  if (!filters)
    return keep(given, experiment, { reasons: placeFaults(experiment, filterFaults), outcome: 'failed' });
  const work = { ...located, given, experiment, settings, languages, capturing, filters, filterFaults };
  const tried = tryWays(attempts, work);
  return 'objections' in tried
    ? keep(given, experiment, refuseAfter(work, refusal, tried))
    : changed(tried.attempted, tried.attempt, work);
}

/** What speaks against each way that was tried; and the scripts, where they were read. */
interface Objections {
  readonly objections: readonly Diagnostic[];
  /** Whether nothing that can be read prints the objective, and nothing else runs. */
  readonly isUnprinted: boolean;
  readonly read?: ScriptsReport;
}

/** Takes the first way that nothing speaks against. */
function tryWays(
  attempts: readonly Attempt[],
  work: Work,
): { readonly attempt: Attempt; readonly attempted: Change } | Objections {
  const analysis = analyseScripts(work);
  const tried: Objection[] = [];
  for (const attempt of attempts) {
    const attempted = tryWay(attempt, work, analysis);
    if ('patch' in attempted) return { attempt, attempted };
    tried.push(attempted);
    // Whatever else speaks against a way speaks against the next, or is no reason to look for one.
    if (attempted.objection.code !== 'nothing-to-rewrite') break;
  }
  const read = tried.find(({ report }) => report)?.report;
  const [objective] = 'code' in analysis ? [] : explain(analysis, work.experiment).metrics;
  return {
    objections: tried.map(({ objection }) => objection),
    isUnprinted: objective?.covered === 'no',
    ...(read ? { read } : {}),
  };
}

function tryWay(attempt: Attempt, work: Work, analysis: Analysis | Diagnostic): Change | Objection {
  if (attempt.way === 'container') {
    // It leaves the spec as it is: nothing is inferred for it.
    const settings: Settings = { ...work.settings, formats: 'given' };
    const given = work.settings.formats === 'infer' ? analyseScripts({ ...work, settings }) : analysis;
    return attemptContainer(attempt, work, given);
  }
  return 'code' in analysis ? { objection: analysis } : attemptSource(attempt.kind, analysis);
}

function refuseCaptured({ template }: LocatedWords): Refusal | undefined {
  if (!template || !isCaptured(template.container)) return undefined;
  return { reasons: [diagnose('already-rewritten', 'The command runs under the shim already.')] };
}

function refuseWay(attempts: readonly Attempt[], refusal: Diagnostic | undefined): Refusal | undefined {
  return attempts.length > 0 ? undefined : { reasons: refusal ? [refusal] : [] };
}

/** Why nothing is done where no way could be gone. */
function refuseAfter(
  { given, template }: Work,
  refusal: Diagnostic | undefined,
  { objections, isUnprinted, read }: Objections,
): Refusal {
  // What an earlier version rewrote in a way that is no more.
  const isOld = template && pushesAlready(template.container) && recordTextOf(given) !== undefined;
  const reasons = isOld
    ? [diagnose('already-rewritten', 'The scripts are rewritten already.')]
    : refusal
      ? inOrder(refusal, objections, isUnprinted)
      : objections.slice(0, 1);
  return { reasons, ...(read ? { read } : {}), ...(template ? { template } : {}) };
}

/**
 * The reasons, the decisive one first: no interpreter helps where the objective is not printed, and nobody enforces rules on
 * what a script reports.
 */
function inOrder(
  refusal: Diagnostic,
  objections: readonly Diagnostic[],
  isUnprinted: boolean,
): readonly Diagnostic[] {
  const code = objections[0]?.code;
  if (code === 'reports-itself' && refusal.code === 'early-stopping') return objections;
  const prevails = isUnprinted && (code === 'nothing-to-rewrite' || code === 'objective-not-covered');
  return prevails ? [...objections, refusal] : [refusal, ...objections];
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
