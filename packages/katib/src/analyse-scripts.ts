import {
  type ClientNeeds,
  compileFilters,
  type Delivery,
  type Language,
  type Rewritten,
  rewritePrograms,
  type TextProgram,
} from '@katib-push/core';
import type { ReadableWork, Work } from './attempt.ts';
import { clientNeeds } from './change/client-needs.ts';
import { type ClientConfig, clientConfig } from './change/client-settings.ts';
import { placeholderOf, type TrialNameParameter, trialNameParameter } from './change/trial-name.ts';
import { isPush } from './collector.ts';
import { type Diagnostic, diagnose, type ScriptsReport } from './diagnostics/diagnose.ts';
import { unwrapWith } from './locate/read-words.ts';
import type { Settings } from './policy/settings.ts';

/** What is read of the scripts, and what a rewrite of them would come to. */
export interface Analysis {
  /** With inferred filters where the user asks for them. */
  readonly work: ReadableWork;
  readonly config: ClientConfig;
  /** What the clients' sources have to hold. */
  readonly needs: ClientNeeds;
  readonly trialName: TrialNameParameter;
  readonly rewritten: Rewritten;
  /** The scripts' report, with what there is to say about the filters. */
  readonly report: ScriptsReport;
}

/** Reads the scripts that stand in the words that run; or says why they are not read. */
export function analyseScripts(work: Work): Analysis | Diagnostic {
  const { template } = work;
  if (!template) return diagnose('no-command', 'There is no command to read.');
  const { unread, instead = '', pointer } = template.container;
  if (unread !== undefined)
    return diagnose('template-not-read', `The container at ${pointer} can't be read: ${unread}.`, {
      pointer,
      hint: instead,
    });
  const readable = { ...work, template };
  return findLarge(readable) ?? inferFormats(analyse(readable));
}

function analyse(work: ReadableWork): Analysis {
  const { experiment, settings, languages, template, filters, filterFaults } = work;
  const { container, words } = template;
  const config = clientConfig(filters, settings, container);
  const needs = clientNeeds(filters, settings, container);
  const trialName = trialNameParameter(experiment);
  const placeholder = placeholderOf(trialName);
  const inline = inlineSettings(config, settings, container.severalPods ? undefined : placeholder.standIn);
  const rewritten = rewritePrograms(unwrapWith(words, container, languages, placeholder), {
    filters,
    coverage: settings.coverage,
    languages,
    delivery: chooseDelivery(settings, needs, inline),
  });
  const report = { ...rewritten.report, diagnostics: [...filterFaults, ...rewritten.report.diagnostics] };
  return { work, config, needs, trialName, rewritten, report };
}

/** The analysis with the filters that it proposes itself, where the user asks for that. */
function inferFormats(analysis: Analysis): Analysis {
  const { experiment, settings } = analysis.work;
  const formats = analysis.report.formats?.proposal;
  if (settings.formats !== 'infer' || !isPush(experiment.collector) || !formats) return analysis;
  const metrics = experiment.metrics.map(
    (name) => formats.renames.find(({ wanted }) => wanted === name)?.printed ?? name,
  );
  const { filters } = compileFilters(metrics, formats.metricsFormat ?? experiment.filters);
  if (!filters) return analysis;
  return analyse({ ...analysis.work, experiment: { ...experiment, metrics }, filters, formats });
}

/** A text that is too long to be read. */
function findLarge({ template: { words }, settings }: ReadableWork): Diagnostic | undefined {
  const large = words.strings.find(({ text }) => text.length > settings.maxScriptLength);
  if (!large) return undefined;
  const { pointer, text } = large;
  const message = `${pointer} has ${text.length} characters; the limit is ${settings.maxScriptLength}.`;
  return diagnose('too-large', message, { pointer });
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
