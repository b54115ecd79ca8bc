import { describe, expect, it } from 'vitest';
import { type RewriteOptions, rewriteExperiment } from '../src/index.ts';
import { type Override, sampleExperiment } from './sample.ts';

const collector = (kind: unknown): Override => [['spec', 'metricsCollectorSpec', 'collector', 'kind'], kind];
const annotation = (name: string, value: unknown): Override => [
  ['metadata', 'annotations', `katib-push.io/${name}`],
  value,
];
const script = (text: string): Override => [
  ['spec', 'trialTemplate', 'trialSpec', 'spec', 'template', 'spec', 'containers', 0, 'args', 0],
  text,
];
const noCollector: Override = [['spec', 'metricsCollectorSpec'], undefined];
const stopping: Override = [['spec', 'earlyStopping'], { algorithmName: 'medianstop' }];
const enabled = annotation('rewrite', 'enabled');

async function outcomeOf(overrides: readonly Override[], options?: RewriteOptions): Promise<string> {
  const { report } = await rewriteExperiment(sampleExperiment(...overrides), options);
  return report.outcome === 'rewritten' ? 'rewritten' : `${report.outcome}: ${report.diagnostics[0]?.code}`;
}

describe('the policy', () => {
  it.each<[string, readonly Override[], string]>([
    ['Push', [], 'rewritten'],
    ['None', [collector('None')], 'rewritten'],
    ['StdOut', [collector('StdOut')], 'unchanged: not-enabled'],
    ['no collector', [noCollector], 'unchanged: not-enabled'],
    ['StdOut, enabled', [collector('StdOut'), enabled], 'rewritten'],
    ['no collector, enabled', [noCollector, enabled], 'rewritten'],
    ['Push, disabled', [annotation('rewrite', 'disabled')], 'unchanged: disabled'],
    ['File', [collector('File'), enabled], 'unchanged: other-collector'],
    ['TensorFlowEvent', [collector('TensorFlowEvent'), enabled], 'unchanged: other-collector'],
    ['PrometheusMetric', [collector('PrometheusMetric'), enabled], 'unchanged: other-collector'],
    ['Custom', [collector('Custom'), enabled], 'unchanged: other-collector'],
    ['early stopping', [stopping], 'unchanged: early-stopping'],
    ['early stopping, enabled', [stopping, collector('StdOut'), enabled], 'unchanged: early-stopping'],
    ['early stopping, forced', [stopping, annotation('rewrite', 'forced')], 'rewritten'],
    ['empty early stopping', [[['spec', 'earlyStopping'], {}]], 'rewritten'],
    ['an annotation that nobody knows', [annotation('rewrite', 'yes')], 'failed: invalid-field'],
  ])('%s', async (_what, overrides, outcome) => {
    expect(await outcomeOf(overrides)).toBe(outcome);
  });

  it.each<[string, string, string, string]>([
    ['the objective is not printed', "print(f'loss={1}')", 'unchanged: objective-not-covered', 'rewritten'],
    ['the objective may be printed', 'for k, v in m:\n  print(f"{k}={v}")', 'rewritten', 'rewritten'],
    [
      'a wanted name stays behind',
      "import numba\n@numba.njit\ndef f(x):\n  print('loss=', x)\nprint(f'accuracy={1}')",
      'unchanged: metric-left-behind',
      'rewritten',
    ],
    [
      'a suppressed one stays behind',
      "print(f'loss={1}')  # katib-push: ignore first\nprint(f'accuracy={1}')",
      'rewritten',
      'rewritten',
    ],
    ['nothing is printed', 'x = 1', 'unchanged: nothing-to-rewrite', 'unchanged: nothing-to-rewrite'],
    ['the script is broken', 'print(', 'unchanged: nothing-to-rewrite', 'unchanged: nothing-to-rewrite'],
    [
      'the script reports itself',
      "from kubeflow.katib import report_metrics\nreport_metrics({'accuracy': 1})\nprint(f'accuracy={1}')",
      'rewritten',
      'unchanged: reports-itself',
    ],
  ])('when %s', async (_what, text, fromStdOut, fromPush) => {
    expect(await outcomeOf([script(text), collector('StdOut'), enabled])).toBe(fromStdOut);
    expect(await outcomeOf([script(text)])).toBe(fromPush);
  });

  it('lets the caller enable it', async () => {
    expect(await outcomeOf([collector('StdOut')], { enable: true })).toBe('rewritten');
    expect(await outcomeOf([collector('StdOut'), annotation('rewrite', 'disabled')], { enable: true })).toBe(
      'unchanged: disabled',
    );
  });

  it('leaves long scripts alone', async () => {
    expect(await outcomeOf([], { maxScriptLength: 10 })).toBe('unchanged: too-large');
  });
});

describe('what is unchanged', () => {
  it('is the very object that was given, and says so', async () => {
    const given = sampleExperiment(collector('StdOut'));
    const { experiment, patch, report } = await rewriteExperiment(given);
    expect(experiment).toBe(given);
    expect(patch).toEqual([]);
    expect(report.summary).toContain('StdOut');
    expect(report.collector).toEqual({ before: 'StdOut', after: 'StdOut' });
  });

  it('reports no statement as rewritten and no metric as covered', async () => {
    const { report } = await rewriteExperiment(
      sampleExperiment(script("print(f'loss={1}')"), collector('StdOut'), enabled),
    );
    expect(report.scripts.flatMap((one) => one.statements).map((one) => one.rewritten)).toEqual([false]);
    expect(report.metrics.map((one) => one.covered)).toEqual(['no', 'no']);
  });
});
