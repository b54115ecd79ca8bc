import { describe, expect, it } from 'vitest';
import { createPatch } from '../src/change/build-patch.ts';
import { applyPatch, hashValue, type PatchOperation, rewriteExperiment } from '../src/index.ts';
import { containerPath, job, type Override, sampleExperiment } from './sample.ts';

const container = `/${containerPath.join('/')}`;

function at(patch: readonly PatchOperation[], path: string): unknown {
  return patch.find((operation) => operation.path === path)?.value;
}

const bySource: Override = [['metadata', 'annotations', 'katib-push.io/capture'], 'source'];

describe('the change of an Experiment', () => {
  it('touches the script, the environment, the trial parameters, the collector and our annotations only', async () => {
    const { patch } = await rewriteExperiment(
      sampleExperiment([['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut'], bySource),
      { enable: true },
    );
    expect(patch.map(({ op, path }) => `${op} ${path}`)).toEqual([
      `replace ${container}/args/0`,
      `add ${container}/env`,
      'add /spec/trialTemplate/trialParameters/1',
      'replace /spec/metricsCollectorSpec/collector/kind',
      'add /metadata/annotations/katib-push.io~1version',
      'add /metadata/annotations/katib-push.io~1record',
    ]);
  });

  it('gives the client its source, its settings and the name of the trial', async () => {
    const { patch } = await rewriteExperiment(sampleExperiment());
    const env = at(patch, `${container}/env`) as { name: string; value: string }[];
    const values = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    expect(Object.keys(values)).toEqual(['KATIB_PUSH_PYTHON', 'KATIB_PUSH_CONFIG', 'KATIB_PUSH_TRIAL_NAME']);
    expect(values.KATIB_PUSH_PYTHON).toContain('katib-push client');
    expect(values.KATIB_PUSH_PYTHON).not.toMatch(/(?<!\$)(\$\$)*\$\(/);
    expect(JSON.parse(values.KATIB_PUSH_CONFIG ?? '')).toEqual({
      metrics: ['accuracy', 'loss'],
      filters: null,
      output: 'keep',
      coverage: 'likely',
    });
    expect(values.KATIB_PUSH_TRIAL_NAME).toBe('${trialParameters.katibPushTrialName}');
  });

  it('appends to what is there', async () => {
    const env = [{ name: 'A', value: '1' }];
    const { patch } = await rewriteExperiment(sampleExperiment([[...containerPath, 'env'], env]));
    expect(patch.map(({ path }) => path)).toEqual(
      expect.arrayContaining([`${container}/env/1`, `${container}/env/2`, `${container}/env/3`]),
    );
  });

  it('uses a trial parameter that refers to the name of the trial already', async () => {
    const { patch } = await rewriteExperiment(
      sampleExperiment([
        ['spec', 'trialTemplate', 'trialParameters', 1],
        { name: 'self', reference: '${trialSpec.Name}' },
      ]),
    );
    expect(patch.some(({ path }) => path.startsWith('/spec/trialTemplate/trialParameters'))).toBe(false);
    expect(JSON.stringify(at(patch, `${container}/env`))).toContain('${trialParameters.self}');
  });

  it('finds a free name for it', async () => {
    const { patch } = await rewriteExperiment(
      sampleExperiment([
        ['spec', 'trialTemplate', 'trialParameters', 1],
        { name: 'katibPushTrialName', reference: 'lr' },
      ]),
    );
    expect(at(patch, '/spec/trialTemplate/trialParameters/2')).toMatchObject({
      name: 'katibPushTrialName1',
      reference: '${trialSpec.Name}',
    });
  });

  it('records each pointer with hashes before and after', async () => {
    const path = [...containerPath, 'env'];
    const given = sampleExperiment([path, [{ name: 'A', value: '1' }]]);
    const { patch, experiment } = await rewriteExperiment(given);
    const annotations = at(patch, '/metadata/annotations') as Record<string, string>;
    const record = JSON.parse(annotations['katib-push.io/record'] ?? '') as Record<
      string,
      [string | null, string]
    >;
    expect(Object.keys(record)).toEqual(patch.slice(0, -1).map(({ path }) => path));
    for (const [pointer, [before, after]] of Object.entries(record)) {
      const tokens = pointer.slice(1).split('/');
      const value = (root: unknown) =>
        tokens.reduce((inner, token) => (inner as Record<string, unknown> | undefined)?.[token], root);
      expect(before).toBe(value(given) === undefined ? null : hashValue(value(given)));
      expect(after).toBe(hashValue(value(experiment)));
    }
  });

  it('records the parts of what it makes as a whole, and the names of what it adds to lists', async () => {
    const { patch } = await rewriteExperiment(
      sampleExperiment([['spec', 'metricsCollectorSpec'], undefined], bySource),
      { enable: true },
    );
    const text = String(at(patch, '/metadata/annotations/katib-push.io~1record'));
    const hash = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(JSON.parse(text)).toEqual({
      [`${container}/args/0`]: [hash, hash, null, [0, 164, 191, 12, 208, 1, 232, 12, 249, 1]],
      [`${container}/env`]: [
        null,
        { KATIB_PUSH_PYTHON: hash, KATIB_PUSH_CONFIG: hash, KATIB_PUSH_TRIAL_NAME: hash },
      ],
      '/spec/trialTemplate/trialParameters/1': [null, hash, 'katibPushTrialName'],
      '/spec/metricsCollectorSpec': [null, { '/collector/kind': hashValue('Push') }],
    });
  });

  it('writes None and the label for Katib before 0.18', async () => {
    const { experiment, patch } = await rewriteExperiment(sampleExperiment(), { legacyCollector: true });
    expect(at(patch, '/spec/metricsCollectorSpec/collector/kind')).toBe('None');
    expect(JSON.stringify(experiment)).toContain(
      '"katib.kubeflow.org/metrics-collector-injection":"disabled"',
    );
  });

  it('carries the client in the script where something in front drops the environment', async () => {
    const given = sampleExperiment([
      ['spec', 'trialTemplate', 'trialSpec'],
      job([
        {
          name: 'main',
          image: 'python:3.11',
          command: ['env', '-i', 'python3', '-c'],
          args: ["print(f'accuracy={${trialParameters.lr}}')"],
        },
      ]),
    ]);
    const { patch, report } = await rewriteExperiment(given, { address: 'manager:1' });
    expect(report.delivery).toBe('inline');
    expect(patch.some(({ path }) => path.endsWith('/env'))).toBe(false);
    const text = at(patch, `${container}/args/0`) as string;
    expect(text).toContain('${trialParameters.katibPushTrialName}');
    expect(text).toContain('manager:1');
  });
});

describe('a patch', () => {
  it('makes what is missing on the way, once', () => {
    const patch = createPatch({ metadata: {} });
    patch.set(['metadata', 'annotations', 'a/b'], '1');
    patch.set(['metadata', 'annotations', 'c~d'], '2');
    expect(patch.build()).toEqual([
      { op: 'add', path: '/metadata/annotations', value: { 'a/b': '1', 'c~d': '2' } },
    ]);
  });

  it('escapes pointers', () => {
    const patch = createPatch({ 'a/b': { 'c~d': 1 } });
    patch.set(['a/b', 'c~d'], 2);
    expect(patch.build()).toEqual([{ op: 'replace', path: '/a~1b/c~0d', value: 2 }]);
  });

  it('appends in order', () => {
    const root = { list: [0] };
    const patch = createPatch(root);
    patch.append(['list'], 1);
    patch.append(['list'], 2);
    patch.append(['other'], 1);
    patch.append(['other'], 2);
    expect(applyPatch(root, patch.build())).toEqual({ list: [0, 1, 2], other: [1, 2] });
    expect(root).toEqual({ list: [0] });
  });

  it('replaces null', () => {
    const patch = createPatch({ env: null });
    patch.append(['env'], 1);
    expect(applyPatch({ env: null }, patch.build())).toEqual({ env: [1] });
  });

  it('leaves out what is equal', () => {
    const patch = createPatch({ a: 1 });
    patch.set(['a'], 1);
    expect(patch.build()).toEqual([]);
  });
});
