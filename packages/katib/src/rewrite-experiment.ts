import {
  type ClientNeeds,
  compileFilters,
  type Delivery,
  type Diagnostic,
  diagnose,
  type Language,
  type Rewritten,
  rewritePrograms,
  type ScriptsReport,
  type TextProgram,
} from '@katib-push/core';
import { applyPatch } from './change/build-patch.ts';
import { changeExperiment } from './change/change-experiment.ts';
import { clientNeeds } from './change/client-needs.ts';
import { type ClientConfig, clientConfig } from './change/client-settings.ts';
import { notesOnNeeds } from './change/note-needs.ts';
import { placeholderOf, trialNameParameter } from './change/trial-name.ts';
import { isRecord } from './json-pointer.ts';
import { locateContainer, type PrimaryContainer } from './locate/locate-container.ts';
import { readWords, unwrapWith } from './locate/read-words.ts';
import type { PatchOperation } from './patch.ts';
import { decideAfter, OBJECTIVE } from './policy/decide-after.ts';
import { decideBefore } from './policy/decide-before.ts';
import { findMisnamed } from './policy/find-misnamed.ts';
import { findOversize } from './policy/find-oversize.ts';
import { noteForced } from './policy/note-forced.ts';
import { type RewriteOptions, readSettings, type Settings } from './policy/settings.ts';
import { findSidecarLoss } from './policy/sidecar-losses.ts';
import { type Experiment, readExperiment } from './read-experiment.ts';
import type { ExperimentReport } from './report.ts';
import { summarize } from './summarize.ts';

/** What a rewrite gives back. */
export interface ExperimentRewrite {
  /** The Experiment after the patch; the very object that was given where nothing changed. */
  readonly experiment: unknown;
  /** From the given Experiment to the new one; empty where nothing changed. */
  readonly patch: readonly PatchOperation[];
  readonly report: ExperimentReport;
}

const ADDITIONAL = '/spec/objective/additionalMetricNames';

const nothing: ScriptsReport = { scripts: [], metrics: [], diagnostics: [] };

/**
 * Rewrites one Experiment: locate ─▶ core's rewrite ─▶ policy ─▶ patch. Never throws on what the user gave; the
 * report says what was done and why.
 */
export function rewriteWith(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions = {},
): ExperimentRewrite {
  try {
    return rewriteReadable(languages, given, options);
  } catch (error) {
    // Whatever goes wrong in here, the Experiment must not suffer from it.
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const fault = diagnose('internal-error', `The rewrite failed: ${reason}.`);
    const collector = { before: 'StdOut', after: 'StdOut' };
    const report = {
      ...nameOf(given, undefined),
      outcome: 'failed' as const,
      summary: fault.message,
      collector,
    };
    return { experiment: given, patch: [], report: { ...report, ...nothing, diagnostics: [fault] } };
  }
}

function rewriteReadable(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions,
): ExperimentRewrite {
  const { experiment, diagnostics } = readExperiment(given);
  const misnamed = experiment ? findMisnamed(experiment) : [];
  const keep = (
    outcome: 'unchanged' | 'failed',
    reasons: readonly Diagnostic[],
    rest: ScriptsReport = nothing,
    more: Partial<ExperimentReport> = {},
  ): ExperimentRewrite => ({
    experiment: given,
    patch: [],
    report: {
      ...nameOf(given, experiment),
      outcome,
      summary: reasons[0]?.message ?? '',
      collector: { before: experiment?.collector ?? 'StdOut', after: experiment?.collector ?? 'StdOut' },
      ...rest,
      ...more,
      diagnostics: [...reasons, ...misnamed, ...rest.diagnostics],
    },
  });
  if (!experiment) return keep('failed', diagnostics);
  const { settings, diagnostics: faults } = readSettings(experiment, options);
  if (!settings) return keep('failed', faults);
  const refusal = decideBefore(experiment, settings);
  if (refusal) return keep('unchanged', [refusal]);
  const { container, diagnostics: missing } = locateContainer(experiment);
  if (!container) return keep(missing[0]?.severity === 'error' ? 'failed' : 'unchanged', missing);
  const { filters, diagnostics: filterFaults } = compileFilters(experiment.metrics, experiment.filters);
  if (!filters)
    return keep(
      'failed',
      filterFaults.map((fault) => ({
        ...fault,
        pointer: '/spec/metricsCollectorSpec/source/filter/metricsFormat',
      })),
    );
  const words = readWords(container);
  if ('code' in words)
    return keep(words.severity === 'error' ? 'failed' : 'unchanged', [words, ...filterFaults]);
  const large = words.strings.find(({ text }) => text.length > settings.maxScriptLength);
  if (large)
    return keep('unchanged', [
      diagnose(
        'too-large',
        `${large.pointer} has ${large.text.length} characters; the limit is ${settings.maxScriptLength}.`,
        { pointer: large.pointer },
      ),
    ]);

  const config = clientConfig(filters, settings, container);
  const needs = clientNeeds(filters, settings, container);
  const parameter = trialNameParameter(experiment);
  const trialName = placeholderOf(parameter);
  const delivery = chooseDelivery(
    settings,
    needs,
    inlineSettings(config, settings, container.severalPods ? undefined : trialName.standIn),
  );
  const rewritten = rewritePrograms(unwrapWith(words, container, languages, trialName), {
    filters,
    coverage: settings.coverage,
    languages,
    delivery,
  });
  const report = { ...rewritten.report, diagnostics: [...filterFaults, ...rewritten.report.diagnostics] };
  const where = { container: { name: container.name, pointer: container.pointer } };
  const objection = decideAfter(experiment, settings, rewritten);
  if (objection) return keep('unchanged', [objection], untouched(report), where);

  const patch = changeExperiment({
    given,
    experiment,
    settings,
    container,
    rewritten,
    config,
    needs,
    trialName: parameter,
    languages,
  });
  if (patch.length === 0)
    return keep(
      'unchanged',
      [diagnose('already-rewritten', 'The scripts are rewritten already.')],
      report,
      where,
    );
  const result = applyPatch(given, patch);
  const oversize = findOversize(patch, given, result, settings.maxGrowth);
  if (oversize) return keep('unchanged', [oversize], untouched(report), where);
  const after = settings.legacyCollector ? 'None' : 'Push';
  const notes = [
    ...noteForced(experiment, settings, rewritten),
    ...notesOn(container, settings),
    ...uncovered(report),
    ...notesOnNeeds(rewritten),
    ...(experiment.collector === 'StdOut'
      ? findSidecarLoss(
          words.strings.map(({ text }) => text),
          container.pointer,
        )
      : []),
  ];
  return {
    experiment: result,
    patch,
    report: {
      ...nameOf(given, experiment),
      outcome: 'rewritten',
      summary: summarize(report, experiment),
      collector: { before: experiment.collector, after },
      delivery: deliveryOf(rewritten, delivery),
      ...report,
      ...where,
      diagnostics: [...misnamed, ...report.diagnostics, ...notes],
    },
  };
}

/** What a client that travels in the script is told, as JSON: nothing may be left of the environment. */
function inlineSettings(config: ClientConfig, settings: Settings, trial: string | undefined): string {
  const { address } = settings;
  return JSON.stringify({ config, ...(trial ? { trial } : {}), ...(address ? { address } : {}) });
}

function chooseDelivery(
  settings: Settings,
  needs: ClientNeeds,
  inlineSettings: string,
): (program: TextProgram, language: Language) => Delivery {
  return (program, language) => {
    const kind =
      settings.delivery === 'auto' ? (program.dropsEnvironment ? 'inline' : 'env') : settings.delivery;
    if (kind !== 'inline') return { kind };
    return { kind, source: language.client?.source(needs) ?? '', settings: inlineSettings };
  };
}

function deliveryOf(
  rewritten: Rewritten,
  delivery: (program: TextProgram, language: Language) => Delivery,
): 'env' | 'inline' | 'image' {
  const kinds = rewritten.scripts
    .filter((plan) => plan.edits.length > 0)
    .map((plan) => delivery(plan.program, plan.program.language).kind);
  return kinds.find((kind) => kind !== 'env') ?? 'env';
}

function nameOf(
  given: unknown,
  experiment: Experiment | undefined,
): Pick<ExperimentReport, 'name' | 'namespace'> {
  if (experiment)
    return {
      name: experiment.name,
      ...(experiment.namespace === undefined ? {} : { namespace: experiment.namespace }),
    };
  const metadata = isRecord(given) && isRecord(given.metadata) ? given.metadata : {};
  return { name: typeof metadata.name === 'string' ? metadata.name : '' };
}

/** The report of scripts that were read, and then left as they are. */
function untouched(report: ScriptsReport): ScriptsReport {
  return {
    ...report,
    scripts: report.scripts.map((script) => ({
      ...script,
      after: script.before,
      statements: script.statements.map((statement) => ({ ...statement, rewritten: false })),
    })),
    metrics: report.metrics.map((metric) =>
      metric.covered === 'no'
        ? metric
        : { ...metric, covered: 'no' as const, reason: 'the Experiment stays as it is' },
    ),
  };
}

function notesOn(container: PrimaryContainer, settings: Settings): readonly Diagnostic[] {
  if (container.severalPods)
    return [
      diagnose(
        'several-pods',
        `The template makes ${container.replicas} pods: each of them pushes under the trial's name.`,
        { pointer: container.pointer },
      ),
    ];
  if (settings.legacyCollector && !container.podPath)
    return [
      diagnose('invalid-field', 'There are no pod labels to turn the injection off.', {
        pointer: container.pointer,
      }),
    ];
  return [];
}

/** Wanted metrics that nothing writes. */
function uncovered(report: ScriptsReport): readonly Diagnostic[] {
  return report.metrics
    .filter((metric) => metric.covered === 'no')
    .map((metric) =>
      diagnose('metric-not-covered', `The metric ${metric.name} has no rewritten source: ${metric.reason}.`, {
        pointer: metric.objective ? OBJECTIVE : ADDITIONAL,
      }),
    );
}
