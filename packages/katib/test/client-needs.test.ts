import { compileFilters } from '@katib-push/core';
import { expect, test } from 'vitest';
import { clientNeeds } from '../src/change/client-needs.ts';
import { locateContainer } from '../src/locate/locate-container.ts';
import { readSettings } from '../src/policy/settings.ts';
import { readExperiment } from '../src/read-experiment.ts';
import { containerPath, sampleExperiment } from './sample.ts';

/** The needs by name; those of the sample itself are none. */
function needsOf(field: string, value: unknown, options = {}, source: unknown = undefined): string {
  const { experiment } = readExperiment(
    sampleExperiment(
      [[...containerPath, field], value],
      [['spec', 'metricsCollectorSpec', 'source'], source],
    ),
  );
  if (!experiment) throw new Error('the sample is no Experiment');
  const { filters } = compileFilters(experiment.metrics, experiment.filters);
  const { settings } = readSettings(experiment, options);
  const { container } = locateContainer(experiment);
  if (!filters || !settings || !container) throw new Error('the sample is not read');
  const needs = Object.entries(clientNeeds(filters, settings, container));
  return needs.flatMap(([name, needed]) => (needed ? [name] : [])).join(' ');
}

const variable = (name: string, value: unknown) => [{ name, value }];
const unknown = (name: string) => [{ name, valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }];

test.each([
  ['env', [], ''],
  ['env', variable('KATIB_DB_MANAGER_ADDRESS', 'manager.katib:6789'), ''],
  ['env', variable('KATIB_DB_MANAGER_ADDRESS', '[::1]:6789'), ''],
  ['env', variable('KATIB_DB_MANAGER_ADDRESS', 'https://manager.katib'), 'tls'],
  ['env', variable('KATIB_DB_MANAGER_ADDRESS', '$(ADDRESS)'), 'tls'],
  ['env', unknown('KATIB_DB_MANAGER_ADDRESS'), 'tls'],
  ['env', unknown('KATIB_PUSH_CA_CERT'), 'tls'],
  ['env', variable('KATIB_PUSH_RANK', '0'), ''],
  ['envFrom', [{ configMapRef: { name: 'a' } }], 'tls'],
  ['args', ['KATIB_DB_MANAGER_ADDRESS=$X python3 train.py'], 'tls'],
])('%s %j: %s', (field, value, expected) => {
  expect(needsOf(field, value)).toBe(expected);
});

test('the address that is set for all', () => {
  expect(needsOf('env', [], { address: 'manager.katib:6789' })).toBe('');
  expect(needsOf('env', [], { address: 'https://manager.katib' })).toBe('tls');
});

test('output', () => {
  expect(needsOf('env', [], { output: 'drop' })).toBe('dropsOutput');
});

test('filters', () => {
  expect(needsOf('env', [], {}, { filter: { metricsFormat: ['(\\w+): (\\d+)'] } })).toBe('customFilters');
});
