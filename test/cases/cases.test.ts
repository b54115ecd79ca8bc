import { applyPatch, type ExperimentRewrite, rewriteExperiment, rewriteTrial } from '@katib-push/katib';
import { describe, expect, it } from 'vitest';
import { compareFile, compareFiles } from '../case-folder.ts';
import { readCases } from './read-cases.ts';
import { renderTrial } from './render-trial.ts';
import { describeExperiment, describeReport, describeTrial } from './summarize.ts';

const cases = readCases();

/** What the report says of each kind of case. */
const outcomes = {
  rewritten: ['rewritten', 'source'],
  partial: ['rewritten', 'source'],
  captured: ['rewritten', 'container'],
  unchanged: ['unchanged', null],
  failed: ['failed', null],
};

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  let cached: Promise<ExperimentRewrite> | undefined;
  const rewrite = (): Promise<ExperimentRewrite> => {
    cached ??= rewriteExperiment(one.experiment);
    return cached;
  };

  it(`shows ${one.shows}`, async () => {
    const { report, patch } = await rewrite();
    expect([report.outcome, report.way]).toEqual(outcomes[one.expect]);
    expect(report.diagnostics.map((diagnostic) => diagnostic.code)).toEqual(
      expect.arrayContaining([...one.codes]),
    );
    expect(patch.length > 0).toBe(report.outcome === 'rewritten');
    if (one.expect === 'partial') {
      const behind = report.metrics.some((metric) => metric.covered !== 'yes');
      const left = report.scripts.some((script) =>
        script.statements.some((statement) => !statement.rewritten && statement.verdict !== 'never'),
      );
      expect(
        behind || left || report.diagnostics.some((diagnostic) => diagnostic.severity === 'warning'),
      ).toBe(true);
    }
  });

  it('comes out as it is kept', async () => {
    const result = await rewrite();
    if (result.report.outcome === 'rewritten')
      compareFile(one.folder, 'expected.yaml', describeExperiment(result));
    compareFile(one.folder, 'report.json', describeReport(result));
    compareFiles(one, [
      'case.json',
      'input.yaml',
      'report.json',
      ...(result.report.outcome === 'rewritten' ? ['expected.yaml'] : []),
      ...(one.trial ? ['trial.yaml', 'expected-trial.yaml'] : []),
    ]);
  });

  it('is not mutated, and the patch leads to the result', async () => {
    const before = structuredClone(one.experiment);
    const { experiment, patch } = await rewrite();
    expect(one.experiment).toEqual(before);
    expect(applyPatch(one.experiment, patch)).toEqual(experiment);
    if (patch.length === 0) expect(experiment).toBe(one.experiment);
  });

  it.runIf(one.trial)('has its Trial captured, once', async () => {
    const { experiment } = await rewrite();
    const given = renderTrial(experiment, one.set, one.trial ?? {});
    compareFile(one.folder, 'trial.yaml', describeTrial(given));
    const before = structuredClone(given);
    const { trial, patch, report } = await rewriteTrial(given);
    expect(report.outcome).toBe('captured');
    expect(given).toEqual(before);
    expect(applyPatch(given, patch)).toEqual(trial);
    compareFile(one.folder, 'expected-trial.yaml', describeTrial(trial));
    expect(await rewriteTrial(trial)).toMatchObject({ trial, patch: [] });
  });

  it('stays as it is when rewritten again', async () => {
    const { experiment } = await rewrite();
    const again = await rewriteExperiment(experiment);
    expect(again.patch).toEqual([]);
    expect(again.experiment).toBe(experiment);
  });
});

it('has enough cases, half of them no-ops or partial, or with a spec that stays', () => {
  const quiet = cases.filter((one) => one.expect !== 'rewritten');
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(quiet.length * 2).toBeGreaterThanOrEqual(cases.length);
});
