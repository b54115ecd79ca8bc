import { describe, expect, it } from 'vitest';
import { applyPatch, checkRecord, hashValue, restoreExperiment, rewriteExperiment } from '../src/index.ts';
import { containerPath, type Override, sampleExperiment } from './sample.ts';

const enabled: Override = [
  ['metadata', 'annotations'],
  { 'katib-push.io/rewrite': 'enabled', 'katib-push.io/capture': 'source' },
];
const record = 'katib-push.io/record';

type Json = Record<string, unknown>;

async function stored(...overrides: readonly Override[]): Promise<Json> {
  const { experiment, report } = await rewriteExperiment(sampleExperiment(enabled, ...overrides));
  expect(report.outcome).toBe('rewritten');
  return structuredClone(experiment) as Json;
}

function at(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((value, key) => (value as Json)[key], root);
}

/** What comes out when `given` replaces `old`. */
function restored(old: unknown, given: unknown): unknown {
  return applyPatch(given, restoreExperiment(old, given).patch);
}

describe('what an update takes away', () => {
  it.each<[string, Override?]>([
    ['no list of variables'],
    ['an empty list', [[...containerPath, 'env'], []]],
    ['null for a list', [[...containerPath, 'env'], null]],
    [
      'variables',
      [
        [...containerPath, 'env'],
        [{ name: 'A', value: '1' }, { name: 'B' }],
      ],
    ],
    ['no collector', [['spec', 'metricsCollectorSpec'], undefined]],
    ['an empty collector', [['spec', 'metricsCollectorSpec'], {}]],
    ['null for a collector', [['spec', 'metricsCollectorSpec'], { collector: null }]],
    ['a collector of its own', [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut']],
    [
      'a key with ~ and /',
      [['spec', 'trialTemplate', 'trialSpec', 'metadata'], { labels: { 'a/b~c': 'd' } }],
    ],
  ])('comes back: %s', async (_, override) => {
    const overrides = override ? [override] : [];
    const old = await stored(...overrides);
    const manifest = sampleExperiment(enabled, ...overrides);
    expect(restored(old, manifest)).toEqual(old);
    expect(restoreExperiment(old, old)).toEqual({ patch: [], changed: [] });
  });

  it('comes back between what is there, in the stored order', async () => {
    const old = await stored([[...containerPath, 'env'], [{ name: 'A' }]]);
    const env = at(old, [...containerPath, 'env']) as Json[];
    env.unshift({ name: 'FIRST' });
    env.splice(3, 0, { name: 'MIDDLE' });
    env.push({ name: 'LAST' });
    const names = env.map(({ name }) => name);
    for (const kept of [['A'], ['FIRST', 'A', 'LAST'], ['FIRST', 'A', 'MIDDLE', 'LAST']]) {
      const given = sampleExperiment(enabled, [[...containerPath, 'env'], kept.map((name) => ({ name }))]);
      const after = at(restored(old, given), [...containerPath, 'env']) as Json[];
      expect(after.map(({ name }) => name)).toEqual(
        names.filter((name) => kept.includes(name as string) || String(name).startsWith('KATIB_PUSH_')),
      );
    }
  });

  it('comes back where Katib’s defaulter has been there first', async () => {
    const old = await stored([['spec', 'metricsCollectorSpec'], undefined]);
    const given = sampleExperiment(enabled, [
      ['spec', 'metricsCollectorSpec'],
      { collector: { kind: 'StdOut' } },
    ]);
    expect(at(restored(old, given), ['spec', 'metricsCollectorSpec', 'collector', 'kind'])).toBe('Push');
  });

  it('comes back wherever the script is in the list now', async () => {
    const old = await stored();
    (at(old, [...containerPath, 'args']) as string[]).unshift('-u');
    const given = sampleExperiment(enabled);
    (at(given, [...containerPath, 'args']) as string[]).unshift('-u');
    expect(at(restored(old, given), [...containerPath, 'args'])).toEqual(at(old, [...containerPath, 'args']));
    const without = sampleExperiment(enabled);
    expect(at(restored(old, without), [...containerPath, 'args'])).toEqual([
      (at(old, [...containerPath, 'args']) as string[])[1],
    ]);
  });

  it('comes back with the nulls that a merge patch drops from lists', async () => {
    const nulls: Override[] = [
      [[...containerPath, 'resources'], null],
      [[...containerPath, 'securityContext'], { runAsUser: null }],
    ];
    const old = await stored(...nulls);
    expect(restored(old, sampleExperiment(enabled, [[...containerPath, 'securityContext'], {}]))).toEqual(
      old,
    );
  });

  it('comes back from a variable of the user that we have set otherwise', async () => {
    const env = [{ name: 'KATIB_DB_MANAGER_ADDRESS', value: 'theirs:1' }, { name: 'A' }];
    const manifest = sampleExperiment([[...containerPath, 'env'], env]);
    const { experiment: old } = await rewriteExperiment(manifest, { address: 'ours:2' });
    const shuffled = sampleExperiment([[...containerPath, 'env'], env.toReversed()]);
    expect(restored(old, manifest)).toEqual(old);
    expect(at(restored(old, shuffled), [...containerPath, 'env'])).toContainEqual({
      name: 'KATIB_DB_MANAGER_ADDRESS',
      value: 'ours:2',
    });
  });
});

describe('what somebody changed', () => {
  it('stays, and is named', async () => {
    const old = await stored();
    const pointer = `/${containerPath.join('/')}`;
    const other: readonly Override[] = [
      [[...containerPath, 'args'], ['print("accuracy=1")']],
      [['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'File'],
    ];
    const given = sampleExperiment(enabled, ...other);
    const { patch, changed } = restoreExperiment(old, given);
    expect(changed).toEqual([`${pointer}/args/0`]);
    expect(patch.some(({ path }) => path.includes('args'))).toBe(false);
    const stdOut = await stored([['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut']);
    expect(restoreExperiment(stdOut, given).changed).toContain('/spec/metricsCollectorSpec/collector/kind');
  });

  it.each([
    ['no template', ['spec', 'trialTemplate'], undefined],
    ['no trial spec', ['spec', 'trialTemplate', 'trialSpec'], undefined],
    ['a text for a trial spec', ['spec', 'trialTemplate', 'trialSpec'], 'x'],
    ['no containers', containerPath.slice(0, -1), undefined],
    ['null for a container', containerPath, null],
    ['a text for variables', [...containerPath, 'env'], 'x'],
    ['a number for a parameter list', ['spec', 'trialTemplate', 'trialParameters'], 7],
    ['a list for a spec', ['spec'], []],
    ['null for metadata', ['metadata'], null],
    ['a text for annotations', ['metadata', 'annotations'], 'x'],
    ['a list for a collector', ['spec', 'metricsCollectorSpec'], []],
  ] as const)('is no reason to fail: %s', async (_, path, value) => {
    const old = await stored([['spec', 'metricsCollectorSpec', 'collector', 'kind'], 'StdOut']);
    const given = sampleExperiment([path, value]);
    const before = JSON.stringify(given);
    const { patch } = restoreExperiment(old, given);
    expect(() => applyPatch(given, patch)).not.toThrow();
    expect(JSON.stringify(given)).toBe(before);
  });

  it('stays where the stored Experiment has lost what is recorded', async () => {
    const old = await stored();
    (at(old, containerPath) as Json).env = [];
    expect(at(restored(old, sampleExperiment(enabled)), containerPath)).not.toHaveProperty('env');
  });
});

describe('the record', () => {
  it('is carried over, and nobody else’s is taken', async () => {
    const old = await stored();
    const annotations = at(old, ['metadata', 'annotations']) as Json;
    for (const given of [undefined, null, {}, { [record]: '{}' }, { a: 'b' }]) {
      const after = restored(old, sampleExperiment([['metadata', 'annotations'], given]));
      expect(at(after, ['metadata', 'annotations', record])).toBe(annotations[record]);
      expect(at(after, ['metadata', 'annotations', 'katib-push.io/version'])).toBe('0.1.0');
    }
  });

  it.each(['', 'x', '[]', 'null', '7', '"{}"'])('that can not be read restores nothing: %j', (text) => {
    const old = sampleExperiment([['metadata', 'annotations'], { [record]: text }]);
    expect(restoreExperiment(old, sampleExperiment())).toEqual({
      patch: [],
      changed: [],
      fault: 'record-unreadable',
    });
  });

  it.each<[string, unknown]>([
    ['a shape of later', { '/spec/trialTemplate/trialSpec/kind': { before: 1 } }],
    ['too short', { '/spec/trialTemplate/trialSpec/kind': [] }],
    ['no pointer', { spec: [null, 'x'] }],
    ['a place that may change', { '/spec/maxTrialCount': [null, hashValue(5)] }],
    ['the whole spec', { '/spec': [null, 'x'] }],
    ['annotations', { '/metadata/annotations/a': [null, hashValue('b')] }],
    ['a prototype', { '/spec/trialTemplate/__proto__/polluted': [null, hashValue(true)] }],
    ['a part with a prototype', { '/spec/trialTemplate': [null, { '/constructor/prototype/x': 'y' }] }],
  ])('passes over what it does not know: %s', (_, text) => {
    const old = sampleExperiment(
      [['metadata', 'annotations'], { [record]: JSON.stringify(text), a: 'b' }],
      [['spec', 'maxTrialCount'], 5],
    );
    const given = sampleExperiment([['metadata', 'annotations'], { [record]: JSON.stringify(text) }]);
    expect(restoreExperiment(old, given).patch).toEqual([]);
    expect(({} as Json).polluted).toBeUndefined();
  });

  it('that is forged costs no more than others', () => {
    const script = 'spec/trialTemplate/trialSpec/spec/template/spec/containers';
    const containers = Array.from({ length: 300 }, (_, index) => ({
      name: `${index}`,
      args: Array(300).fill('x'),
      env: [],
    }));
    const forged = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `/${script}/${index % 300}/args/${index}`,
        ['0'.repeat(16), '1'],
      ]),
    );
    const old = sampleExperiment(
      [['metadata', 'annotations'], { [record]: JSON.stringify(forged) }],
      [containerPath.slice(0, -1), containers],
    );
    const given = structuredClone(old);
    expect(restoreExperiment(old, given)).toEqual({ patch: [], changed: [] });
  });

  it('goes where there was none', () => {
    const given = sampleExperiment([
      ['metadata', 'annotations'],
      { [record]: '{}', 'katib-push.io/version': '1', a: 'b' },
    ]);
    const { patch, fault } = restoreExperiment(sampleExperiment(), given);
    expect(fault).toBe('record-not-ours');
    expect(applyPatch(given, patch)).toEqual(sampleExperiment([['metadata', 'annotations'], { a: 'b' }]));
  });

  it('of a new Experiment is true only of one that was rewritten', async () => {
    const copy = await stored();
    expect(checkRecord(copy, true)).toEqual([]);
    expect(checkRecord(copy, false)).toHaveLength(2);
    const forged = sampleExperiment([
      ['metadata', 'annotations'],
      { [record]: '{"/spec/maxTrialCount":[null,"x"]}' },
    ]);
    expect(checkRecord(forged, true)).toEqual([
      { op: 'remove', path: '/metadata/annotations/katib-push.io~1record' },
    ]);
    expect(checkRecord(sampleExperiment(), false)).toEqual([]);
  });

  it('goes on where an Experiment is rewritten again', async () => {
    const manifest = sampleExperiment(enabled);
    const first = await stored();
    const copy = structuredClone(first);
    (at(copy, ['spec', 'objective']) as Json).additionalMetricNames = ['loss', 'f1'];
    const { experiment: second, patch } = await rewriteExperiment(copy);
    expect(patch.map(({ path }) => path)).toContain('/metadata/annotations/katib-push.io~1record');
    const update = structuredClone(manifest);
    (at(update, ['spec', 'objective']) as Json).additionalMetricNames = ['loss', 'f1'];
    expect(restored(second, update)).toEqual(second);
  });
});
