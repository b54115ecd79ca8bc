import { NO_TIME, type Observation } from '../collect/observation.ts';
import type { ReadRow } from '../collect/read-output.ts';
import { describeEnd, succeeded, type TrialRun } from '../trial/trial-run.ts';
import { shown } from './compare-rows.ts';
import type { KnownDifference, KnownRule } from './difference.ts';
import type { ExpectedRow } from './expected-row.ts';

/** What the rules are decided on. */
export interface KnownFacts {
  readonly run: TrialRun;
  /** The objective's name. */
  readonly objective: string;
  /** All rows that the collector reads from both streams. */
  readonly read: readonly ReadRow[];
  readonly pushed: readonly Observation[];
  /** Expected rows that were not pushed and may be missing. */
  readonly missing: readonly ExpectedRow[];
  readonly partial: boolean;
}

/** The documented differences between pull and push that this run shows. Each rule comes at most once. */
export function knownDifferences(facts: KnownFacts): readonly KnownDifference[] {
  const { run, objective, read, pushed, missing } = facts;
  const failed = !succeeded(run);
  const reported = read.some((row) => row.name === objective);
  return [
    ...rule(
      'empty-value',
      read.filter((row) => row.pushed === ''),
      (rows) => {
        return `the collector would store what is empty or no number for ${namesOf(rows)}; it is not pushed`;
      },
    ),
    ...rule(
      'number-in-brackets',
      read.filter((row) => row.value !== row.pushed && row.pushed !== '' && !row.notFinite),
      ([row]) => {
        return `the collector would store an empty value for ${row?.name}; the number in brackets is pushed, ${row?.pushed}`;
      },
    ),
    ...rule(
      'not-finite',
      read.filter((row) => row.notFinite),
      ([row]) => {
        const what = run.pushesNotFinite ? 'it is pushed as printed' : 'it is not pushed';
        return `the collector would store ${JSON.stringify(row?.value)} for ${row?.name}=${row?.pushed}; ${what}`;
      },
    ),
    ...rule(
      'own-clock',
      read.filter((row) => row.time !== NO_TIME),
      ([row]) => {
        return `the collector would store the line's own time ${row?.time}; the client takes its clock`;
      },
    ),
    ...rule('objective-unavailable', failed || reported ? [] : pushed, (rows) => {
      return `${objective} was never printed: Katib would store "unavailable" in place of ${namesOf(rows)}`;
    }),
    ...rule('failed-run', failed ? pushed : [], () => {
      return `the run failed (${describeEnd(run)}), and Katib would store nothing; pushed rows stay`;
    }),
    ...rule('not-covered', facts.partial ? missing : [], ([row]) => {
      return `rows of statements that stayed as they were, such as ${shown(row)} at ${(row as ExpectedRow)?.place}`;
    }),
  ];
}

/**
 * The rule about the merged file: the rows of a run whose streams went into one file, against those of the streams
 * read apart. The order between the streams does not count.
 */
export function mergedLines(
  apart: readonly Observation[],
  joined: readonly Observation[],
): readonly KnownDifference[] {
  const [left, right] = [apart, joined].map((rows) => rows.map((row) => shown(row)).sort());
  const changed = (left ?? []).findIndex((row, index) => row !== right?.[index]);
  if (changed < 0 && left?.length === right?.length) return [];
  const count = Math.max(1, Math.abs(apart.length - joined.length));
  const message = `Katib's file of both streams gives ${joined.length} rows, the streams apart give ${apart.length}: it joins or tears lines`;
  return [{ rule: 'merged-lines', rows: count, message }];
}

/** The rule about lines that are pushed and no longer printed. */
export function droppedLines(original: TrialRun, rewritten: TrialRun): readonly KnownDifference[] {
  const count = (run: TrialRun) =>
    [run.stdout, run.stderr].reduce((sum, bytes) => sum + bytes.filter((byte) => byte === 10).length, 0);
  const rows = count(original) - count(rewritten);
  const message = `${rows} lines were pushed and, as the annotation katib-push.io/output asks, not printed`;
  return rows > 0 ? [{ rule: 'output-dropped', rows, message }] : [];
}

function rule<Row extends Observation>(
  name: KnownRule,
  rows: readonly Row[],
  message: (rows: readonly Row[]) => string,
): readonly KnownDifference[] {
  return rows.length === 0 ? [] : [{ rule: name, rows: rows.length, message: message(rows) }];
}

function namesOf(rows: readonly Observation[]): string {
  return [...new Set(rows.map((row) => row.name))].join(', ');
}
