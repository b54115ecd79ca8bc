import { expect, it } from 'vitest';
import { nearMatch } from '../src/index.ts';

const kinds = ['StdOut', 'File', 'TensorFlowEvent', 'PrometheusMetric', 'Push'];

it.each([
  ['stdout', 'StdOut'],
  ['std-out', 'StdOut'],
  ['Pushed', 'Push'],
  ['Prometheus', 'PrometheusMetric'],
  ['tensorflow', 'TensorFlowEvent'],
  ['Tens', 'TensorFlowEvent'],
])('%s: did you mean %s?', (given, meant) => {
  expect(nearMatch(given, kinds)).toBe(`; did you mean ${meant}?`);
});

it.each(['Sidecar', 'T', ''])('%j is near nothing', (given) => {
  expect(nearMatch(given, kinds)).toBe('');
});
