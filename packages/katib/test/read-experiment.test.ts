import { describe, expect, it } from 'vitest';
import { rewriteExperiment } from '../src/index.ts';
import { containerPath, sampleExperiment } from './sample.ts';

const paths: readonly (readonly (string | number)[])[] = [
  ['metadata'],
  ['metadata', 'name'],
  ['metadata', 'annotations'],
  ['spec'],
  ['spec', 'objective'],
  ['spec', 'objective', 'objectiveMetricName'],
  ['spec', 'objective', 'additionalMetricNames'],
  ['spec', 'metricsCollectorSpec'],
  ['spec', 'metricsCollectorSpec', 'collector'],
  ['spec', 'metricsCollectorSpec', 'collector', 'kind'],
  ['spec', 'metricsCollectorSpec', 'source', 'filter', 'metricsFormat'],
  ['spec', 'trialTemplate'],
  ['spec', 'trialTemplate', 'primaryContainerName'],
  ['spec', 'trialTemplate', 'primaryPodLabels'],
  ['spec', 'trialTemplate', 'trialParameters'],
  ['spec', 'trialTemplate', 'trialSpec'],
  [...containerPath, 'args'],
  [...containerPath, 'args', 0],
  [...containerPath, 'command'],
];
const wrong: readonly unknown[] = [0, true, 'text', [], [1], {}, { a: { b: 1 } }, null];

describe('a field of a wrong type', () => {
  it.each(
    paths.flatMap((path) =>
      wrong.map((value) => [`/${path.join('/')}`, JSON.stringify(value), path, value] as const),
    ),
  )(
    '%s = %s is never an exception, and never a change with a fault',
    async (_pointer, _text, path, value) => {
      const given = sampleExperiment([path, value]);
      const before = structuredClone(given);
      const { experiment, patch, report } = await rewriteExperiment(given);
      expect(given).toEqual(before);
      if (report.outcome === 'rewritten') return;
      expect(patch).toEqual([]);
      expect(experiment).toBe(given);
      expect(report.diagnostics[0]?.message).toBeTruthy();
      expect(report.diagnostics[0]?.hint).toBeTruthy();
    },
  );

  it('is named with its pointer', async () => {
    const { report } = await rewriteExperiment(
      sampleExperiment([['spec', 'trialTemplate', 'trialParameters'], 'x']),
    );
    expect(report.diagnostics[0]).toMatchObject({
      code: 'invalid-field',
      pointer: '/spec/trialTemplate/trialParameters',
      message: '/spec/trialTemplate/trialParameters has to be a list; it is a string.',
    });
  });
});

describe('something that is no Experiment', () => {
  it.each([
    [null],
    [undefined],
    [1],
    ['x'],
    [[]],
    [{}],
    [{ kind: 'Experiment' }],
    [{ kind: 'Experiment', apiVersion: 'kubeflow.org/v1alpha3' }],
  ])('%j', async (given) => {
    const { report, experiment } = await rewriteExperiment(given);
    expect(report.outcome).toBe('failed');
    expect(report.diagnostics.map((one) => one.code)).toEqual(['not-an-experiment']);
    expect(experiment).toBe(given);
  });
});

it('does not believe in prototypes', async () => {
  const given = JSON.parse(
    '{"apiVersion":"kubeflow.org/v1beta1","kind":"Experiment","__proto__":{"spec":{}},"constructor":1}',
  );
  expect((await rewriteExperiment(given)).report.outcome).toBe('failed');
  expect(({} as Record<string, unknown>).spec).toBeUndefined();
});

it.each([['a;b'], ['${trialParameters.lr}'], ['']])('refuses the metric name %j', async (name) => {
  const { report } = await rewriteExperiment(
    sampleExperiment([['spec', 'objective', 'objectiveMetricName'], name]),
  );
  expect(report.diagnostics[0]?.code).toBe('invalid-field');
});

it.each([['"quoted"'], ["it's"], ['back`tick'], ['{x}'], ['a b'], ['ünï😀']])(
  'takes the metric name %j',
  async (name) => {
    const { report } = await rewriteExperiment(
      sampleExperiment([['spec', 'objective', 'additionalMetricNames', 0], name]),
    );
    expect(report.outcome).toBe('rewritten');
  },
);
