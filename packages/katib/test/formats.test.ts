import { expect, it } from 'vitest';
import { applyPatch, restoreExperiment, rewriteExperiment, undoExperiment } from '../src/index.ts';
import { containerPath, type Override, sampleExperiment } from './sample.ts';

function printing(text: string, ...more: Override[]) {
  return sampleExperiment([[...containerPath, 'args', 0], text], ...more);
}

const infer: Override = [['metadata', 'annotations', 'katib-push.io/formats'], 'infer'];
const stdout: Override = [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'];

const objectiveAlone: Override = [['spec', 'objective', 'additionalMetricNames'], []];

it('writes the filters down that are inferred, and puts them back on updates', async () => {
  const given = printing('print(f"Accuracy: {lr}")\nprint(f"loss={lr}")', infer);
  const { experiment, patch, report } = await rewriteExperiment(given);
  expect(report.outcome).toBe('rewritten');
  expect(report.metrics.map(({ name, covered }) => [name, covered])).toEqual([
    ['Accuracy', 'yes'],
    ['loss', 'yes'],
  ]);
  expect(report.diagnostics.map(({ code }) => code)).toContain('formats-inferred');
  expect(patch.map(({ path }) => path)).toContain('/spec/objective/objectiveMetricName');
  const { patch: again, changed } = restoreExperiment(experiment, given);
  expect(changed).toEqual([]);
  expect(applyPatch(given, again)).toEqual(experiment);
  expect(await undoExperiment(experiment)).toMatchObject({ experiment: given, hindrances: [] });
});

it('takes filters back that were inferred', async () => {
  const given = printing('print(f"accuracy: {lr}")\nprint(f"loss={lr}")', infer);
  const { experiment, patch } = await rewriteExperiment(given);
  expect(patch.map(({ path }) => path)).toContain('/spec/metricsCollectorSpec/source');
  expect((await undoExperiment(experiment)).experiment).toEqual(given);
});

it('leaves what is read alone', async () => {
  const { report } = await rewriteExperiment(printing('print(f"accuracy={lr}")\nprint(f"loss={lr}")', infer));
  expect(report.formats).toBeUndefined();
  expect(report.diagnostics.map(({ code }) => code)).not.toContain('formats-inferred');
});

it("puts a renamed objective back where Katib's defaulter saw the update first", async () => {
  const strategies = (...names: readonly string[]) => names.map((name) => ({ name, value: 'max' }));
  const defaulted = (...names: readonly string[]): Override => [
    ['spec', 'objective', 'metricStrategies'],
    strategies(...names),
  ];
  const manifest = ['print(f"Accuracy: {lr}")', infer, objectiveAlone] as const;
  const { experiment: stored } = await rewriteExperiment(printing(...manifest, defaulted('accuracy')));
  // the manifest again: the name as it was, and what the defaulter makes of it beside what the apply has merged
  for (const names of [['accuracy'], ['Accuracy', 'accuracy']]) {
    const given = printing(...manifest, defaulted(...names));
    const { patch, changed } = restoreExperiment(stored, given);
    expect({ after: applyPatch(given, patch), changed }).toEqual({ after: stored, changed: [] });
  }
});

it('infers nothing where Katib reads the output', async () => {
  const given = printing('print(f"Accuracy: {lr}")', infer, stdout);
  const { report } = await rewriteExperiment(given, { enable: true });
  const codes = report.diagnostics.map(({ code }) => code);
  expect(codes).not.toContain('formats-inferred');
  expect(codes).toContain('unknown-annotation');
});

it('infers nothing on the container way, which leaves the spec as it is', async () => {
  const captured: Override = [['metadata', 'annotations', 'katib-push.io/capture'], 'container'];
  const given = printing('print(f"Accuracy: {lr}")', infer, captured, objectiveAlone);
  const { report } = await rewriteExperiment(given);
  expect(report).toMatchObject({
    way: 'container',
    metrics: [{ name: 'accuracy', covered: 'no' }],
    remedy: {
      text: 'Set objectiveMetricName to "Accuracy" and take the metricsFormat that katib-push dry-run proposes.',
    },
  });
});

it('offers what helps after trying it', async () => {
  const given = printing('print(f"Accuracy: {lr}")\nprint(f"loss={lr}")');
  const { report } = await rewriteExperiment(given);
  const { remedy } = report;
  expect(remedy?.text).toBe(
    'Set objectiveMetricName to "Accuracy" and take the metricsFormat that katib-push dry-run proposes, or set katib-push.io/formats: infer.',
  );
  const after = await rewriteExperiment(applyPatch(given, remedy?.patch ?? []));
  expect(after.report.metrics[0]).toMatchObject({ name: 'Accuracy', covered: 'yes' });
});

it('offers nothing where nothing helps, or nothing is wrong', async () => {
  expect((await rewriteExperiment(printing('print(f"accuracy={lr}")'))).report.remedy).toBeUndefined();
  const off: Override = [['metadata', 'annotations', 'katib-push.io/rewrite'], 'disabled'];
  expect((await rewriteExperiment(printing('x = 1', off))).report.remedy).toBeUndefined();
});

it.each([
  ['an arrow', 'print(f"accuracy => {float(lr)}")'],
  ['quotes', 'print(f"accuracy=\'{float(lr)}\'")'],
])('says of a name whose value stays empty that it is not read: %s', async (_what, text) => {
  const { report } = await rewriteExperiment(printing(text, objectiveAlone));
  expect(report.metrics).toMatchObject([{ name: 'accuracy', covered: 'no' }]);
  expect(report.diagnostics.map(({ code }) => code)).toContain('metric-not-read');
  expect(report.formats?.proposal?.rows).toMatchObject([{ name: 'accuracy', value: 'float(lr)' }]);
});
