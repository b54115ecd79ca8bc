import type { Observation } from '../collect/observation.ts';
import { type ReadRow, readOutput } from '../collect/read-output.ts';
import { prepareReading, type Reading } from '../collect/reading.ts';
import type { WantedMetrics } from '../collect/wanted-metrics.ts';
import { succeeded, type TrialRun } from '../trial/trial-run.ts';
import { type Behaviour, compareBehaviour, compareDropped, STREAMS } from './compare-behaviour.ts';
import { compareRows, compareTimes, shown, unpushed } from './compare-rows.ts';
import type { Difference, KnownDifference, Mask } from './difference.ts';
import { type ExpectedRow, expectRows, isPushed, sameRow } from './expected-row.ts';
import { droppedLines, knownDifferences, mergedLines } from './known-differences.ts';
import type { MovedLines } from './mask-line-numbers.ts';
import { noteOn, takeNotes } from './notes.ts';

export interface CompareOptions extends WantedMetrics {
  /** A second run of the original. What differs from the first is not deterministic, and not compared. */
  readonly again?: TrialRun | undefined;
  /** A run of the original with both streams in one file, for the rule `merged-lines`. */
  readonly joined?: TrialRun | undefined;
  /** Rows that the original pushed by itself; they are expected once more, in their order. */
  readonly ownPushes?: readonly Observation[] | undefined;
  /** `drop`: what is pushed is no longer printed, and the rows are those of the original's output. Default `keep`. */
  readonly output?: 'keep' | 'drop' | undefined;
  /** The file that the metrics collector File reads: its rows are not compared. Absent where the output is read. */
  readonly file?: string | undefined;
  /** Whether rows may be missing because only some statements are rewritten. Default false. */
  readonly partial?: boolean | undefined;
  /** Scripts whose line numbers have moved, see {@link movedLines}. Default none. */
  readonly moved?: readonly MovedLines[] | undefined;
}

/** The verdict on one rewritten run. */
export interface Comparison {
  /** Whether there is no difference but known ones; some of these may be losses, see `lost`. */
  readonly identical: boolean;
  /** Rows of wanted metrics that Katib would store from the original, and that were not pushed for a known reason. */
  readonly lost: number;
  /** Whether the original writes the same twice; absent where that was not tried, because nothing hung on it. */
  readonly deterministic?: boolean;
  readonly differences: readonly Difference[];
  readonly knownDifferences: readonly KnownDifference[];
  /** The masks without which the outputs would differ. */
  readonly masks: readonly Mask[];
  /** How many rows the client had to push, and how many it did. */
  readonly rows: { readonly expected: number; readonly pushed: number };
  /** What a reader of the verdict has to know, one sentence each: `not deterministic …`, `nothing was pushed …`. */
  readonly notes: readonly string[];
}

/**
 * Compares a run of the original with one of the rewritten Experiment: both outputs and the end of the process, and
 * the pushed rows with what the collector reads from the output.
 *
 * @param pushed the rows that the DB manager holds for the rewritten run, in its order
 *
 * Throws OracleError: `usage` without a wanted name, `invalid-filter` where the collector would crash.
 */
export function compareRuns(
  original: TrialRun,
  noted: TrialRun,
  pushed: readonly Observation[],
  options: CompareOptions,
): Comparison {
  const { run: rewritten, skipped, held } = takeNotes(noted);
  const reading = prepareReading(options.wanted, options.filters);
  const dropped = options.output === 'drop';
  const partial = options.partial ?? false;
  const behaviour = dropped
    ? compareDropped(original, rewritten)
    : compareBehaviour(original, rewritten, options.moved);
  const unstable = behaviour.differences.length > 0 ? unstableParts(original, options.again) : undefined;

  const source = dropped ? original : rewritten;
  const streams = STREAMS.map((stream) => expectRows(stream, source, reading, partial));
  const own = (options.ownPushes ?? []).map((row) => ({ ...row, place: 'the original', optional: false }));
  const isHeld = held !== undefined && (!succeeded(rewritten) || own.length > 0);
  const printed = streams.map((each) => each.expected);
  const expected: readonly (readonly ExpectedRow[])[] = isHeld ? [own] : [...printed, own];
  const read = streams.flatMap((each) => each.read);
  const before = readBoth(original, reading);

  const differences = [
    ...behaviour.differences.filter((difference) => !unstable?.has(difference.where)),
    // of bars that were drawn more often in one run, its frames hold more rows
    ...(behaviour.differences.length > 0 || behaviour.masks.includes('progress-frames')
      ? []
      : compareReadings(before, read)),
    ...compareTimes(pushed),
    ...(options.file === undefined
      ? [
          ...compareRows(expected, pushed),
          ...compareNotes(skipped, read, rewritten, partial),
          ...(isHeld ? compareHeld(held, printed.flat().length) : []),
        ]
      : []),
  ];
  const missing = unpushed(expected, pushed).filter((row) => row.optional);
  const objective = reading.wanted[0] ?? '';
  const facts = { run: rewritten, objective, read, pushed: options.file ? [] : pushed, missing, partial };
  const rows = { expected: expected.flat().filter((row) => !row.optional).length, pushed: pushed.length };
  return {
    identical: differences.length === 0,
    // of a run that failed, Katib stores nothing
    lost: partial && succeeded(rewritten) ? missing.length : 0,
    ...(unstable === undefined ? {} : { deterministic: unstable.size === 0 }),
    differences,
    knownDifferences: [
      ...knownDifferences(facts),
      ...(dropped ? droppedLines(original, rewritten) : []),
      ...(options.joined && !unstable?.size ? mergedLines(before, readBoth(options.joined, reading)) : []),
    ],
    masks: behaviour.masks,
    rows,
    notes: noteOn(original, rows, unstable ?? new Set(), {
      held: isHeld ? held : undefined,
      file: options.file,
    }),
  };
}

/** The shim says how many rows it held back for good; they have to be those of the output. */
function compareHeld(held: number, there: number): readonly Difference[] {
  if (held === there) return [];
  const message = `the shim says that it held back ${held} rows; the output holds ${there}`;
  return [{ where: 'rows', message }];
}

/** Clients say how many values they did not push, because they are no finite numbers; it has to be what the output holds. */
function compareNotes(
  skipped: number,
  read: readonly ReadRow[],
  run: TrialRun,
  partial: boolean,
): readonly Difference[] {
  const there = read.filter((row) => !isPushed(row, run)).length;
  if (skipped === there || (partial && skipped < there) || (!succeeded(run) && skipped < there)) return [];
  const message = `the client says that it did not push ${skipped} values that are no finite numbers; the output holds ${there}`;
  return [{ where: 'rows', message }];
}

/** Whether a second run of the original would tell more: there is a difference that chance may explain. */
export function wantsAnotherRun(
  original: TrialRun,
  rewritten: TrialRun,
  { output, moved }: Pick<CompareOptions, 'output' | 'moved'>,
): boolean {
  const { run } = takeNotes(rewritten);
  const behaviour: Behaviour =
    output === 'drop' ? compareDropped(original, run) : compareBehaviour(original, run, moved);
  return behaviour.differences.length > 0 && !original.timedOut && !rewritten.timedOut;
}

/** Where a second run of the original differs from its first; absent if there was none. */
function unstableParts(
  original: TrialRun,
  again: TrialRun | undefined,
): ReadonlySet<Difference['where']> | undefined {
  return again && new Set(compareBehaviour(original, again).differences.map(({ where }) => where));
}

function readBoth(run: TrialRun, reading: Reading): readonly ReadRow[] {
  return STREAMS.flatMap((stream) => readOutput(run[stream], reading));
}

/** Masked lines must not hide rows. */
function compareReadings(
  before: readonly Observation[],
  after: readonly Observation[],
): readonly Difference[] {
  const at = before.findIndex((row, index) => !sameRow(row, after[index] ?? { name: '', value: '' }));
  if (at < 0 && before.length === after.length) return [];
  const place = at < 0 ? before.length : at;
  const message = `the outputs are equal but for masks, and yet row ${place + 1} is ${shown(before[place])} in the original and ${shown(after[place])} in the rewritten one`;
  return [{ where: 'rows', message }];
}
