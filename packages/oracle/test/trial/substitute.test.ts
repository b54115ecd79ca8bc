import { describe, expect, it } from 'vitest';
import { assignParameters, substitute } from '../../src/index.ts';
import { containerOf, experimentOf } from '../experiment.ts';

const trial = { trialName: 'tune-abc', namespace: 'team' };

function argsAfter(parts: Parameters<typeof experimentOf>[0], given = {}): readonly unknown[] {
  return containerOf(substitute(experimentOf(parts), given, trial)).args;
}

describe('assignParameters', () => {
  const parameters = [
    { name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.01', max: '0.05' } },
    { name: 'optimizer', parameterType: 'categorical', feasibleSpace: { list: ['sgd', 'adam'] } },
    { name: 'empty', parameterType: 'unknown', feasibleSpace: {} },
  ];

  it('begins where the feasible space begins', () => {
    expect(assignParameters(experimentOf({ parameters }))).toEqual({ lr: '0.01', optimizer: 'sgd' });
  });

  it('takes given values by either name', () => {
    expect(
      assignParameters(experimentOf({ parameters }), { learningRate: '0.5', optimizer: 'adam' }),
    ).toEqual({
      lr: '0.5',
      optimizer: 'adam',
    });
  });

  it('refuses names that the Experiment does not know', () => {
    expect(() => assignParameters(experimentOf(), { rate: '1' })).toThrow(/no parameter rate; it has lr/);
  });
});

describe('substitute', () => {
  it('replaces everywhere, also unquoted and in the middle of code', () => {
    const text = `python -c 'lr = \${trialParameters.learningRate}; print("\${trialParameters.learningRate}0")'`;
    expect(argsAfter({ args: [text] }, { lr: '0.2' })).toEqual([`python -c 'lr = 0.2; print("0.20")'`]);
  });

  it('does not change what it was given', () => {
    const experiment = experimentOf();
    substitute(experiment, {}, trial);
    expect(experiment).toEqual(experimentOf());
  });

  it('takes a value as it is, dollars and all', () => {
    expect(argsAfter({ args: ['${trialParameters.learningRate}'] }, { lr: '$& $1' })).toEqual(['$& $1']);
  });

  it('replaces in the JSON text: escapes in a value are read', () => {
    expect(argsAfter({ args: ['${trialParameters.learningRate}'] }, { lr: 'a\\nb' })).toEqual(['a\nb']);
    expect(() => argsAfter({ args: ['${trialParameters.learningRate}'] }, { lr: 'a"b' })).toThrow(
      /breaks the JSON/,
    );
  });

  it('keeps what Go escapes', () => {
    expect(argsAfter({ args: ['if [ 1 < 2 ] && true > \u2028; then'] })).toEqual([
      'if [ 1 < 2 ] && true > \u2028; then',
    ]);
  });

  it.each([
    ['${trialSpec.Name}', 'tune-abc'],
    ['${trialSpec.Namespace}', 'team'],
    ['${trialSpec.Kind}', 'Job'],
    ['${trialSpec.APIVersion}', 'batch/v1'],
    ['${trialSpec.Labels[app]}', 'x'],
    ['${trialSpec.Annotations[katib/y]}', 'z'],
  ])('resolves %s', (reference, value) => {
    const experiment = experimentOf({
      trialParameters: [{ name: 'p', reference }],
      args: ['${trialParameters.p}'],
    });
    experiment.spec.trialTemplate.trialSpec.metadata = {
      labels: { app: 'x' },
      annotations: { 'katib/y': 'z' },
    };
    expect(containerOf(substitute(experiment, {}, trial)).args).toEqual([value]);
  });

  it('names a reference without a value', () => {
    const parts = { trialParameters: [{ name: 'p', reference: 'gone' }], args: ['${trialParameters.p}'] };
    expect(() => argsAfter(parts)).toThrow(
      /trial parameter p \(gone\) has no value: give one with --set gone=/,
    );
    const meta = { ...parts, trialParameters: [{ name: 'p', reference: '${trialSpec.Labels[gone]}' }] };
    expect(() => argsAfter(meta)).toThrow(/correct its reference/);
  });

  it('needs an inline template', () => {
    const experiment = experimentOf();
    experiment.spec.trialTemplate.trialSpec = undefined;
    expect(() => substitute(experiment, {}, trial)).toThrow(/trialSpec is missing/);
  });
});
