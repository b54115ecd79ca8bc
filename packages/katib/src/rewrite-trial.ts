import { compileFilters, type Language } from '@katib-push/core';
import { captureContainer, noPlaceFor } from './capture/capture-container.ts';
import { earlyStoppingService, retention } from './capture/early-stopping.ts';
import { findMissingVolume } from './capture/find-volume.ts';
import { pushesAlready } from './capture/pushes-already.ts';
import { applyPatch, createPatch } from './change/build-patch.ts';
import { pushKind } from './change/set-collector.ts';
import { decideWay } from './decide/decide-way.ts';
import { type Diagnostic, diagnose, diagnoseFault, withoutStop } from './diagnostics/diagnose.ts';
import type { PrimaryContainer } from './locate/locate-container.ts';
import { locateWords } from './locate/locate-words.ts';
import type { PatchOperation } from './patch.ts';
import { algorithmLabel, captureLabel } from './policy/choices.ts';
import { findOversize } from './policy/find-oversize.ts';
import { placeFaults } from './policy/place-faults.ts';
import { type RewriteOptions, readSettings } from './policy/settings.ts';
import { type Experiment, readTrial } from './read-experiment.ts';

/** What became of one Trial, and why. */
export interface TrialReport {
  readonly name: string;
  /** Absent if the Trial names none. */
  readonly namespace?: string;
  /** `captured`: the patch is not empty. `unchanged`: left as it is, on purpose. `failed`: nothing could be done. */
  readonly outcome: 'captured' | 'unchanged' | 'failed';
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Kind of the metrics collector before and after. */
  readonly collector: { readonly before: string; readonly after: string };
  /** The words of the container, and the words that run under the shim; absent where none could be read. */
  readonly words?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** The reason first, where it was not captured. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What {@link rewriteTrialWith} gives back. */
export interface TrialRewrite {
  /** The Trial after the patch; the very object that was given where nothing changed. */
  readonly trial: unknown;
  /** Minimal, and it applies to the given object. Empty where nothing changed. */
  readonly patch: readonly PatchOperation[];
  readonly report: TrialReport;
}

/**
 * Puts one Trial under the shim, as Katib creates it: its job is rendered, and nobody re-applies it. Only a Trial whose
 * label `katib-push.io/capture` says `container`; the label is the decision that its Experiment's review took. Never throws
 * on what is given, and reads no script.
 */
export function rewriteTrialWith(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions = {},
): TrialRewrite {
  try {
    return rewriteReadable(languages, given, options);
  } catch (error) {
    return keep(given, undefined, [diagnoseFault(error)]);
  }
}

function rewriteReadable(
  languages: readonly Language[],
  given: unknown,
  options: RewriteOptions,
): TrialRewrite {
  const { experiment: trial, diagnostics } = readTrial(given);
  if (!trial) return keep(given, undefined, diagnostics);
  const { settings, diagnostics: faults } = readSettings(trial, options);
  const unlabelled = settings ? refuseUnlabelled(trial) : faults;
  if (!settings || unlabelled) return keep(given, trial, unlabelled ?? []);
  const { template, interpreter } = locateWords(trial, languages);
  const { attempts, refusal } = decideWay({ experiment: trial, settings, interpreter });
  const [attempt] = attempts;
  if (!template || !attempt)
    return keep(
      given,
      trial,
      [refusal ?? interpreter].filter((reason) => 'code' in reason),
    );
  const { container, runs, before } = template;
  const words = { words: { before, after: [...runs.command, ...runs.args] } };
  const pushing = refusePushing(container);
  if (pushing) return keep(given, trial, pushing, words);
  const { filters, diagnostics: filterFaults } = compileFilters(trial.metrics, trial.filters);
  if (!filters) return keep(given, trial, placeFaults(trial, filterFaults), words);
  const lost = refuseRules(trial) ?? refuseVolume(trial, container);
  if (lost) return keep(given, trial, lost, words);

  const patch = createPatch(given);
  const service = serviceOf(trial);
  captureContainer(patch, {
    experiment: trial,
    container,
    runs,
    ...('word' in interpreter ? { interpreter: interpreter.word } : {}),
    filters,
    settings,
    ...(service ? { service } : {}),
  });
  if (service) for (const [path, value] of retention(given, trial)) patch.set(path, value);
  const operations = patch.build();
  const result = applyPatch(given, operations);
  const oversize = findOversize(operations, given, result, settings.maxGrowth);
  if (oversize) return keep(given, trial, [oversize], words);
  return {
    trial: result,
    patch: operations,
    report: {
      ...nameOf(trial),
      outcome: 'captured',
      reason: attempt.reason,
      collector: { before: trial.collector, after: pushKind(settings) },
      ...words,
      diagnostics: filterFaults,
    },
  };
}

/** Why a Trial stays as it is; absent if it doesn't. */
type Refusal = readonly Diagnostic[] | undefined;

function refuseUnlabelled({ labels }: Experiment): Refusal {
  if (labels[captureLabel] === 'container') return undefined;
  return [diagnose('not-enabled', `The Trial has no label ${captureLabel}: container.`)];
}

function refusePushing(container: PrimaryContainer): Refusal {
  if (!pushesAlready(container)) return undefined;
  return [diagnose('already-rewritten', 'The container pushes already.')];
}

function refuseRules(trial: Experiment): Refusal {
  if (trial.rules.length === 0 || serviceOf(trial)) return undefined;
  const message = `The Trial has early stopping rules, and no label ${algorithmLabel} names its algorithm.`;
  const hint = `Give the Experiment the label ${algorithmLabel} with the name of its algorithm.`;
  return [diagnose('early-stopping', message, { hint })];
}

function refuseVolume(trial: Experiment, container: PrimaryContainer): Refusal {
  const missing = findMissingVolume(trial, container);
  return missing && !missing.volumes ? [noPlaceFor(missing.folder, container)] : undefined;
}

/** Whose rules the shim enforces; absent where there are none. */
function serviceOf(trial: Experiment): string | undefined {
  return trial.rules.length > 0 ? earlyStoppingService(trial) : undefined;
}

function keep(
  given: unknown,
  trial: Experiment | undefined,
  diagnostics: readonly Diagnostic[],
  more: Partial<TrialReport> = {},
): TrialRewrite {
  const [decisive] = diagnostics;
  const collector = trial?.collector ?? 'StdOut';
  return {
    trial: given,
    patch: [],
    report: {
      ...nameOf(trial),
      outcome: decisive?.severity === 'error' ? 'failed' : 'unchanged',
      reason: withoutStop(decisive?.message ?? ''),
      collector: { before: collector, after: collector },
      ...more,
      diagnostics,
    },
  };
}

function nameOf(trial: Experiment | undefined): Pick<TrialReport, 'name' | 'namespace'> {
  const { name = '', namespace } = trial ?? {};
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}
