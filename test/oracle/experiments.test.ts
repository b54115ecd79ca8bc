import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExperimentReport, rewriteExperiment, wrapTemplate } from '@katib-push/katib';
import {
  checkExperiment,
  collect,
  compareExperiment,
  describeVerdict,
  type ExperimentComparison,
  leavesBehind,
  movedLines,
  UNAVAILABLE,
  wantedMetrics,
} from '@katib-push/oracle';
import { afterAll, describe, expect, it } from 'vitest';
import { type Case, readCases } from '../cases/read-cases.ts';
import { takeTurns } from './take-turns.ts';

/** What a case says beyond what every test needs. */
interface OracleCase extends Case {
  /** Exit code of the run; 0 where absent. */
  readonly exit?: number;
  /** Rows per wanted metric in the output of the original. */
  readonly observed?: Readonly<Record<string, number>>;
}

/** How many rows are pushed where a rewrite leaves output behind: no rule gives that, so it is kept. */
const keptFile = join(import.meta.dirname, 'pushed.json');
const kept: Record<string, Record<string, number>> = JSON.parse(readFileSync(keptFile, 'utf8'));
const update = process.env.UPDATE === '1';
const counted: Record<string, Readonly<Record<string, number>>> = {};

const inTurn = takeTurns(2);
const path = [join(import.meta.dirname, '../../.venv/bin')];
const cases: readonly OracleCase[] = readCases();

describe.concurrent('the oracle', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const { report, patch, ...labelled } = await rewriteExperiment(one.experiment);
    expect(checkExperiment(one.experiment, labelled.experiment)).toEqual([]);
    // What the review of a Trial does is done to the template: there are no reviews here.
    const { experiment } = report.way === 'container' ? await wrapTemplate(one.experiment) : labelled;
    expect(checkExperiment(one.experiment, experiment)).toEqual([]);
    if (!one.runnable || patch.length === 0) return;

    const partial = one.expect === 'partial' || (report.way === 'source' && hasSuppressed(report));
    const options = { set: one.set, path, partial, moved: movedLines(report), timeoutSeconds: 100 };
    // A script that loses its environment holds the address of the DB manager itself.
    const made =
      report.delivery === 'inline'
        ? async (address: string) => (await rewriteExperiment(one.experiment, { address })).experiment
        : experiment;
    const result = await inTurn(() => compareExperiment(one.experiment, made, options));
    expect(result.original.exitCode, textOf(result.original.stderr)).toBe(one.exit ?? 0);
    expect(countRows(collectedFrom(one, result))).toEqual(countRows(observedOf(one)));
    expect(result.identical, describeVerdict(result).join('\n')).toBe(true);
    const left = result.comparison.knownDifferences.some(({ rule }) => rule === 'not-covered');
    expect(
      left && !leavesBehind(report),
      'rows are missing, and the report knows of nothing left behind',
    ).toBe(false);
    if (partial) {
      counted[name] = countRows(result.pushed);
      if (!update) expect(counted[name]).toEqual(kept[name]);
    }
  });
});

afterAll(() => {
  const sorted = Object.fromEntries(Object.entries(counted).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (update) writeFileSync(keptFile, `${JSON.stringify(sorted, undefined, 2)}\n`);
});

/** Whether a comment keeps a statement as it is: its rows are then missing on purpose. */
function hasSuppressed(report: ExperimentReport): boolean {
  return report.scripts.some(({ statements }) => statements.some(({ verdict }) => verdict === 'suppressed'));
}

/** What the collector reads from each stream for itself. */
function collectedFrom(one: OracleCase, { original }: ExperimentComparison) {
  const { wanted, filters } = wantedMetrics(one.experiment);
  return [original.stdout, original.stderr].flatMap((stream) =>
    // every metric once as the objective, so that none is thrown away
    wanted.flatMap((name) => collect(stream, [name], filters).filter(({ value }) => value !== UNAVAILABLE)),
  );
}

function observedOf(one: OracleCase): readonly { readonly name: string }[] {
  return Object.entries(one.observed ?? {}).flatMap(([name, count]) =>
    Array.from({ length: count }, () => ({ name })),
  );
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

/** How many rows of each metric there are, as `observed` of a case says it; names in order. */
function countRows(rows: readonly { readonly name: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
