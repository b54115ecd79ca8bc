import { describe, expect, it } from 'vitest';
import { containerCommand } from '../../src/trial/container-command.ts';
import { containerEnvironment, expandVariables } from '../../src/trial/container-environment.ts';

const values = new Map([
  ['A', 'one'],
  ['B', '$(A)'],
]);

it.each([
  ['$(A)', 'one'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$one'],
  ['$(B)', '$(A)'],
  ['$(C)', '$(C)'],
  ['$A ${A} $', '$A ${A} $'],
  ['$(A', '$(A'],
  ['$()', '$()'],
  ['a$$', 'a$'],
  ['$(date $(A))', '$(date $(A))'],
])('expands %j to %j', (text, expected) => {
  expect(expandVariables(text, values)).toBe(expected);
});

describe('containerEnvironment', () => {
  const identity = { trialName: 'tune-abc', namespace: 'team' };
  const of = (env: readonly unknown[], more = {}) => containerEnvironment({ env, ...more }, identity);

  it('expands what came before, and ends with the name of the trial', () => {
    const { values } = of([
      { name: 'A', value: '1' },
      { name: 'B', value: '$(A)$(C)$$' },
      { name: 'C', value: '2' },
      { name: 'D' },
    ]);
    expect([...values]).toEqual([
      ['A', '1'],
      ['B', '1$(C)$'],
      ['C', '2'],
      ['D', ''],
      ['KATIB_TRIAL_NAME', 'tune-abc'],
    ]);
  });

  it('knows of valueFrom only the trial, its namespace and the labels of the primary pod', () => {
    const ofLabel = (label: string) => ({ fieldRef: { fieldPath: `metadata.labels['${label}']` } });
    const env = [
      { name: 'ROLE', valueFrom: ofLabel('training.kubeflow.org/job-role') },
      { name: 'OTHER', valueFrom: ofLabel('app') },
    ];
    const labelled = containerEnvironment({ env }, identity, { 'training.kubeflow.org/job-role': 'master' });
    expect(labelled.values.get('ROLE')).toBe('master');
    expect(labelled.absent).toEqual(['OTHER']);
    const { values, absent } = of(
      [
        { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
        {
          name: 'TRIAL',
          valueFrom: { fieldRef: { fieldPath: "metadata.labels['katib.kubeflow.org/trial']" } },
        },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      ],
      { envFrom: [{ configMapRef: { name: 'settings' } }] },
    );
    expect(values.get('NAMESPACE')).toBe('team');
    expect(values.get('TRIAL')).toBe('tune-abc');
    expect(absent).toEqual(['SECRET', 'all of settings']);
  });
});

describe('containerCommand', () => {
  it('joins command and args', () => {
    const container = { command: ['sh', '-c'], args: ['echo $(A)'] };
    expect(containerCommand(container, values)).toEqual(['sh', '-c', 'echo one']);
  });

  it('refuses what only the image knows, and words that are no strings', () => {
    expect(() => containerCommand({ name: 'training', args: ['x'] }, values)).toThrow(
      /training gives no command/,
    );
    expect(() => containerCommand({ command: ['sleep', 1] }, values)).toThrow(/not 1: quote it/);
  });
});
