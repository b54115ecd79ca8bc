import {
  type ClientNeeds,
  type Delivery,
  type FormatReport,
  type Language,
  type Rewritten,
  rewritePrograms,
  type TextProgram,
} from '@katib-push/core';
import type { Attempted, Work } from './attempt.ts';
import { applyPatch } from './change/build-patch.ts';
import { changeExperiment } from './change/change-experiment.ts';
import { clientNeeds } from './change/client-needs.ts';
import { type ClientConfig, clientConfig } from './change/client-settings.ts';
import { pushKind } from './change/set-collector.ts';
import { placeholderOf, trialNameParameter } from './change/trial-name.ts';
import type { Attempt } from './decide/decide-way.ts';
import { type Diagnostic, diagnose, type ScriptsReport } from './diagnostics/diagnose.ts';
import type { PrimaryContainer } from './locate/locate-container.ts';
import { unwrapWith } from './locate/read-words.ts';
import { decideAfter, OBJECTIVE } from './policy/decide-after.ts';
import { findOversize } from './policy/find-oversize.ts';
import { noteForced } from './policy/note-forced.ts';
import type { Settings } from './policy/settings.ts';
import { summarize } from './summarize.ts';

const ADDITIONAL = '/spec/objective/additionalMetricNames';

/** What is read of the scripts, and what a rewrite of them would come to. */
export interface Analysis {
  readonly rewritten: Rewritten;
  /** The scripts' report, with what there is to say about the filters. */
  readonly report: ScriptsReport;
  /** Puts the rewrite into effect, if nothing speaks against it. */
  apply(kind: Attempt['kind']): Attempted;
}

/** Reads the scripts that stand in the words that run. */
export function analyse(work: Work): Analysis {
  const { experiment, settings, languages, container, words, runs, filters, filterFaults, given } = work;
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

  function apply(kind: Attempt['kind']): Attempted {
    const objection = decideAfter(kind, settings, rewritten);
    if (objection) return { objection, report: untouched(report) };
    const patch = changeExperiment({
      given,
      experiment,
      settings,
      container,
      ...(runs.joined ? { joined: runs } : {}),
      rewritten,
      config,
      needs,
      trialName: parameter,
      ...(work.formats ? { formats: work.formats } : {}),
    });
    if (patch.length === 0)
      return { objection: diagnose('already-rewritten', 'The scripts are rewritten already.'), report };
    const result = applyPatch(given, patch);
    const oversize = findOversize(patch, given, result, settings.maxGrowth);
    if (oversize) return { objection: oversize, report: untouched(report) };
    return {
      patch,
      experiment: result,
      summary: summarize(report, experiment),
      collector: pushKind(settings),
      delivery: deliveryOf(rewritten, delivery),
      report,
      notes: [
        ...noteForced(kind, experiment, settings, rewritten),
        ...notesOn(container, settings),
        ...noteModule(rewritten, delivery, container),
        ...noteInferred(work.formats),
        ...uncovered(report),
      ],
    };
  }
  return { rewritten, report, apply };
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

/** The report of scripts that were read, and then left as they are. */
export function untouched(report: ScriptsReport): ScriptsReport {
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

/** What the image has to hold, by the languages of the scripts that load it from there. */
function noteModule(
  rewritten: Rewritten,
  delivery: (program: TextProgram, language: Language) => Delivery,
  { pointer }: PrimaryContainer,
): readonly Diagnostic[] {
  const installs = rewritten.scripts.flatMap(({ edits, program }) => {
    const { language } = program;
    const isLoaded = edits.length > 0 && delivery(program, language).kind === 'image';
    return isLoaded && language.client ? [language.client.install] : [];
  });
  if (installs.length === 0) return [];
  const message =
    "The delivery is image: the script loads the push client as a module of the container's image.";
  const hint = `Install it there: ${[...new Set(installs)].join('; ')}.`;
  return [diagnose('needs-module', message, { pointer, hint })];
}

/** What the annotation `katib-push.io/formats: infer` came to. */
function noteInferred(formats: FormatReport | undefined): readonly Diagnostic[] {
  if (!formats) return [];
  const { metricsFormat = [], renames } = formats;
  const said = [
    ...metricsFormat.map((format) => `the filter ${format}`),
    ...renames.map(({ wanted, printed }) => `the name ${printed} for ${wanted}`),
  ];
  return [diagnose('formats-inferred', `Inferred from what the script prints: ${said.join(', ')}.`)];
}

/** Wanted metrics that nothing writes. */
function uncovered(report: ScriptsReport): readonly Diagnostic[] {
  return report.metrics
    .filter((metric) => metric.covered === 'no')
    .map((metric) =>
      diagnose('metric-not-covered', `The metric ${metric.name} has no rewritten source: ${metric.reason}.`, {
        metric: metric.name,
        pointer: metric.objective ? OBJECTIVE : ADDITIONAL,
      }),
    );
}
