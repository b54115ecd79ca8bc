import { adoptFormats } from '../change/adopt-formats.ts';
import { applyPatch, createPatch } from '../change/build-patch.ts';
import { isPush } from '../collector.ts';
import type { DiagnosticCode } from '../diagnostics/diagnose.ts';
import { isRecord, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { annotationPrefix } from '../policy/choices.ts';
import type { ExperimentReport, Remedy } from '../report.ts';

/** Characters and output statements of all scripts; with more nothing is tried: a review has to be answered in time. */
const MOST_TEXT = 65_536;
const MOST_STATEMENTS = 100;

/** Reasons that are the user's own word, for which nothing need be done, or that no change beside the script helps. */
const settled: readonly DiagnosticCode[] = [
  'disabled',
  'already-rewritten',
  'reports-itself',
  'not-enabled',
  'other-collector',
  'needs-sidecar-volume',
  'goes-to-tracker',
  'syntax-error',
  'shell-syntax-error',
];

/**
 * Looks for the least change after which the objective is pushed, as far as can be seen: the proposed filters, the word that
 * the image has a Python, or both. Each is tried by the engine before it is offered.
 *
 * @param report of the Experiment as it is given
 * @param tryOut gives the report of an Experiment that is changed
 * @returns nothing where the objective is pushed already, where it is the user's word that it isn't, and where nothing helps
 */
export function findRemedy(
  given: unknown,
  report: ExperimentReport,
  tryOut: (changed: unknown) => ExperimentReport,
): Remedy | undefined {
  const [decisive] = report.diagnostics;
  if (!isRecord(given) || pushesObjective(report)) return undefined;
  if (!decisive || decisive.severity === 'error' || settled.includes(decisive.code)) return undefined;
  const { scripts } = report;
  if (scripts.reduce((sum, { before }) => sum + before.length, 0) > MOST_TEXT) return undefined;
  if (scripts.reduce((sum, { statements }) => sum + statements.length, 0) > MOST_STATEMENTS) return undefined;
  for (const { patch, text, isInferable } of candidatesFor(given, report)) {
    const tried = tryOut(applyPatch(given, patch));
    if (!pushesObjective(tried)) continue;
    const infer = isInferable && tried.way === 'source' ? ', or set katib-push.io/formats: infer' : '';
    return { patch, text: `${text}${infer}.` };
  }
  return undefined;
}

/** A remedy to try; its text has no full stop. */
interface Candidate extends Remedy {
  /** Whether the user's leave to infer does the same, where the source way is taken. */
  readonly isInferable?: boolean;
}

function pushesObjective({ outcome, metrics }: ExperimentReport): boolean {
  return outcome === 'rewritten' && metrics[0]?.covered !== 'no';
}

function candidatesFor(given: Record<string, unknown>, report: ExperimentReport): readonly Candidate[] {
  const proposal = report.formats?.proposal;
  const adopted = proposal ? adoptFormats(given, proposal) : [];
  const pushes = isPush(report.collector.before);
  const taken = proposal ? sayTaken(proposal, report) : '';
  const captured = annotate(given, 'capture', 'container');
  const isCaptured =
    valueAt(given, ['metadata', 'annotations', `${annotationPrefix}capture`]) === 'container';
  const isInferable = pushes && proposal?.metricsFormat !== undefined;
  const prints = report.scripts.some(({ statements }) =>
    statements.some(({ metrics }) => metrics.length > 0),
  );
  const itself =
    pushes && !prints ? 'Nothing to do if the script reports its metrics itself; else set' : 'Set';
  const capture = 'katib-push.io/capture: container, if the image has a Python';
  return [
    ...(adopted.length > 0 ? [{ patch: adopted, text: taken, isInferable }] : []),
    ...(isCaptured ? [] : [{ patch: captured, text: `${itself} ${capture}` }]),
    ...(adopted.length > 0 && !isCaptured
      ? [{ patch: [...adopted, ...captured], text: `${taken}, and set ${capture}` }]
      : []),
  ];
}

function sayTaken(
  {
    metricsFormat,
    renames,
  }: {
    readonly metricsFormat?: readonly string[];
    readonly renames: readonly { readonly wanted: string; readonly printed: string }[];
  },
  { metrics }: ExperimentReport,
): string {
  const objective = renames.find(({ wanted }) => wanted === metrics[0]?.name);
  const parts = [
    ...(objective ? [`set objectiveMetricName to ${JSON.stringify(objective.printed)}`] : []),
    ...(metricsFormat ? ['take the metricsFormat that katib-push dry-run proposes'] : []),
  ];
  const text = parts.join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function annotate(given: unknown, name: string, value: string): readonly PatchOperation[] {
  const patch = createPatch(given);
  patch.set(['metadata', 'annotations', annotationPrefix + name], value);
  return patch.build();
}
