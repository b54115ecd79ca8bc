import { isDeepStrictEqual } from 'node:util';
import { type DbManager, startDbManager } from '@katib-push/db-manager';
import { readExperiment } from '@katib-push/katib';
import { type CheckOptions, checkExperiment } from './check/check-experiment.ts';
import { infersFormats } from './check/inferred-formats.ts';
import type { Problem } from './check/problem.ts';
import type { Observation } from './collect/observation.ts';
import { wantedMetrics } from './collect/wanted-metrics.ts';
import { type Comparison, compareRuns, wantsAnotherRun } from './compare/compare-runs.ts';
import type { MovedLines } from './compare/mask-line-numbers.ts';
import { valueAt } from './json/read-json.ts';
import { runTrial, type TrialOptions, trialIdentity } from './trial/run-trial.ts';
import type { Stream, TrialRun } from './trial/trial-run.ts';

export interface ExperimentOptions
  extends Omit<TrialOptions, 'address' | 'joined' | 'onOutput'>,
    CheckOptions {
  /** Whether rows may be missing because only some statements are rewritten. Default false. */
  readonly partial?: boolean | undefined;
  /** Scripts whose line numbers have moved, see {@link movedLines}. Default none. */
  readonly moved?: readonly MovedLines[] | undefined;
  /** Runs the original once more with both streams in one file, to name lines that Katib would join. Default false. */
  readonly joined?: boolean | undefined;
  /** Called before each run. */
  readonly onRun?: ((which: WhichRun) => void) | undefined;
  /** Called for each row that the rewritten trial pushes, as it arrives. */
  readonly onObservation?: ((row: Observation) => void) | undefined;
  /** Called with the output of each run as it arrives. */
  readonly onOutput?: ((which: WhichRun, stream: Stream, bytes: Uint8Array) => void) | undefined;
}

/** `again` is the original a second time, to see whether it is deterministic; `joined` has one file for both streams. */
export type WhichRun = 'original' | 'rewritten' | 'again' | 'joined';

/** The oracle's verdict on an Experiment and its rewrite. */
export interface ExperimentComparison {
  /** Whether nothing differs but what is documented, and the rewritten object is valid. */
  readonly identical: boolean;
  /** Whether the rewrite changed anything. If not, the Experiment ran only once, and `rewritten` is `original`. */
  readonly changed: boolean;
  readonly comparison: Comparison;
  /** What is wrong with the rewritten object. */
  readonly problems: readonly Problem[];
  readonly original: TrialRun;
  readonly rewritten: TrialRun;
  /** What the rewritten trial pushed, in the order of its times. */
  readonly pushed: readonly Observation[];
}

/**
 * Runs an Experiment and its rewrite against an embedded DB manager and compares everything.
 *
 * They run one after the other under the same trial name and with the same environment, but for what the rewritten
 * template adds. `PYTHONHASHSEED` is 0, so that the order of sets does not look like a difference.
 *
 * @param rewritten the rewritten Experiment, or a function that makes it for the DB manager's address: a script that loses
 *   its environment has to hold the address itself
 *
 * Throws OracleError as {@link runTrial} does, `usage` if the Experiment names no objective, and DbManagerError.
 */
export async function compareExperiment(
  original: unknown,
  rewritten: unknown,
  options: ExperimentOptions = {},
): Promise<ExperimentComparison> {
  const manager = await startDbManager({ host: '127.0.0.1', port: 0 });
  try {
    const after = typeof rewritten === 'function' ? await rewritten(manager.address) : rewritten;
    const changed = !isDeepStrictEqual(original, after);
    return changed
      ? await compareChanged(original, after, manager, options)
      : await runUnchanged(original, manager, options);
  } finally {
    await manager.close();
  }
}

async function compareChanged(
  original: unknown,
  rewritten: unknown,
  manager: DbManager,
  options: ExperimentOptions,
): Promise<ExperimentComparison> {
  const { trialName } = trialIdentity(original, options);
  const output = outputOf(original);
  const before = await runOne('original', original, manager, options);
  const ownPushes = manager.observations(trialName);
  const stop = watch(manager, options);
  const after = await runOne('rewritten', rewritten, manager, options).finally(stop);
  const pushed = manager.observations(trialName).slice(ownPushes.length);
  const again = wantsAnotherRun(before, after, { output, moved: options.moved });
  const comparison = compareRuns(before, after, pushed, {
    ...wantedMetrics(infersFormats(original) ? rewritten : original),
    again: again ? await runOne('again', original, manager, options) : undefined,
    joined: options.joined ? await runOne('joined', original, manager, options) : undefined,
    ownPushes,
    file: fileOf(original),
    output,
    partial: options.partial,
    moved: options.moved,
  });
  const problems = checkExperiment(original, rewritten, options);
  const identical = comparison.identical && problems.length === 0;
  return { identical, changed: true, comparison, problems, original: before, rewritten: after, pushed };
}

async function runUnchanged(
  experiment: unknown,
  manager: DbManager,
  options: ExperimentOptions,
): Promise<ExperimentComparison> {
  const stop = watch(manager, options);
  const run = await runOne('original', experiment, manager, options).finally(stop);
  const pushed = manager.observations(trialIdentity(experiment, options).trialName);
  const comparison: Comparison = {
    identical: true,
    lost: 0,
    differences: [],
    knownDifferences: [],
    masks: [],
    rows: { expected: pushed.length, pushed: pushed.length },
    notes: ['nothing was rewritten, so there is nothing to compare'],
  };
  return { identical: true, changed: false, comparison, problems: [], original: run, rewritten: run, pushed };
}

function runOne(
  which: WhichRun,
  experiment: unknown,
  manager: DbManager,
  options: ExperimentOptions,
): Promise<TrialRun> {
  options.onRun?.(which);
  return runTrial(experiment, {
    ...options,
    environment: { PYTHONHASHSEED: '0', ...options.environment },
    address: manager.address,
    joined: which === 'joined',
    onOutput: (stream, bytes) => options.onOutput?.(which, stream, bytes),
  });
}

function watch(manager: DbManager, { onObservation }: ExperimentOptions): () => void {
  if (!onObservation) return () => {};
  return manager.onReport((report) => {
    for (const row of report.rows) onObservation(row);
  });
}

/** The file that the metrics collector reads; absent where it reads the output. */
function fileOf(experiment: unknown): string | undefined {
  const read = readExperiment(experiment).experiment;
  return read?.collector === 'File' ? read.file.path : undefined;
}

function outputOf(experiment: unknown): 'keep' | 'drop' {
  return valueAt(experiment, 'metadata', 'annotations', 'katib-push.io/output') === 'drop' ? 'drop' : 'keep';
}
