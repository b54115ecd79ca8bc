import { noteRetries } from './advice/note-retries.ts';
import { rankReasons } from './advice/rank-reasons.ts';
import type { Change, Work } from './attempt.ts';
import { readsLines } from './collector.ts';
import type { Attempt } from './decide/decide-way.ts';
import { type Diagnostic, diagnose, type ScriptsReport, withoutStop } from './diagnostics/diagnose.ts';
import { isRecord } from './json-pointer.ts';
import type { Template } from './locate/read-template.ts';
import { keptShell } from './locate/words-that-run.ts';
import type { PatchOperation } from './patch.ts';
import type { Way } from './policy/choices.ts';
import { findMisnamed } from './policy/find-misnamed.ts';
import { findSidecarGain, findSidecarLoss } from './policy/sidecar-losses.ts';
import type { Experiment } from './read-experiment.ts';
import type { ExperimentReport } from './report.ts';

/** What a rewrite gives back. */
export interface ExperimentRewrite {
  /** The Experiment after the patch; the very object that was given where nothing changed. */
  readonly experiment: unknown;
  /** From the given Experiment to the new one; empty where nothing changed. */
  readonly patch: readonly PatchOperation[];
  readonly report: ExperimentReport;
}

/** The report on scripts where none was read. */
export const nothing: ScriptsReport = { scripts: [], metrics: [], diagnostics: [] };

/** What an attempt made of the Experiment. */
export function changed(
  { experiment: result, patch, report, summary, collector, delivery, notes }: Change,
  { way, reason }: Attempt,
  { experiment, settings, template, filterFaults }: Work,
): ExperimentRewrite {
  return {
    experiment: result,
    patch,
    report: {
      ...nameOf(undefined, experiment),
      outcome: 'rewritten',
      way,
      reason,
      summary,
      collector: { before: experiment.collector, after: collector },
      ...(delivery ? { delivery } : {}),
      ...report,
      ...(template ? whereOf(template, way) : {}),
      diagnostics: rankReasons(
        [],
        [
          ...findMisnamed(experiment),
          ...filterFaults,
          ...noteRetries(experiment, settings, way),
          ...report.diagnostics,
          ...notes,
          ...wrapperNotes(experiment, template),
        ],
      ),
    },
  };
}

/** What Katib's own wrapper does to the words, where it is taken away. */
function wrapperNotes({ collector }: Experiment, template: Template | undefined): readonly Diagnostic[] {
  if (!template || !readsLines(collector)) return [];
  const { container, before, runs } = template;
  const { pointer } = container;
  const text = [...runs.command, ...runs.args].at(-1) ?? '';
  const isWrapped = runs.joined || keptShell(before) !== undefined;
  const gain = isWrapped && collector === 'StdOut' ? findSidecarGain(text, pointer) : [];
  if (!runs.joined) return collector === 'StdOut' ? [...gain, ...findSidecarLoss(before, pointer)] : [];
  const message = `The words of the command are joined and run by a shell, as Katib's wrapper does it: ${text}`;
  return [...gain, diagnose('words-joined', message, { pointer })];
}

/** The container that was read, and its words before and after. */
function whereOf(
  { container, before, runs }: Template,
  way: Way | null = null,
): Pick<ExperimentReport, 'container' | 'words'> {
  const where = { container: { name: container.name, pointer: container.pointer } };
  if (way !== 'container' && !(way && runs.joined)) return where;
  return { ...where, words: { before, after: [...runs.command, ...runs.args] } };
}

/** Why an Experiment stays as it is. */
export interface Refusal {
  /** The decisive one first. */
  readonly reasons: readonly Diagnostic[];
  /** The scripts as they stay; absent where they were not read. */
  readonly read?: ScriptsReport;
  /** The container that was read; absent where none was. */
  readonly template?: Template;
  /** Default: `failed` for an error. */
  readonly outcome?: 'failed';
}

/** The Experiment as it was given, and why. */
export function keep(
  given: unknown,
  experiment: Experiment | undefined,
  { reasons, read = nothing, template, outcome }: Refusal,
): ExperimentRewrite {
  const collector = experiment?.collector ?? 'StdOut';
  const misnamed = experiment ? findMisnamed(experiment) : [];
  const shown = reasons[0]?.code === 'reports-itself' ? withoutFormats(read) : read;
  const diagnostics = rankReasons(reasons, [...misnamed, ...shown.diagnostics]);
  const [decisive] = diagnostics;
  return {
    experiment: given,
    patch: [],
    report: {
      ...nameOf(given, experiment),
      outcome: outcome ?? (reasons[0]?.severity === 'error' ? 'failed' : 'unchanged'),
      way: null,
      reason: withoutStop(decisive?.message ?? ''),
      summary: decisive?.message ?? '',
      collector: { before: collector, after: collector },
      ...shown,
      ...(template ? whereOf(template) : {}),
      diagnostics,
    },
  };
}

/** What a script prints beside its own reports need not be read. */
function withoutFormats({ formats: _, ...report }: ScriptsReport): ScriptsReport {
  return { ...report, diagnostics: report.diagnostics.filter(({ code }) => code !== 'metric-not-read') };
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
