import { valueAt } from '../json/read-json.ts';
import type { Problem } from './problem.ts';

const KINDS = ['StdOut', 'File', 'TensorFlowEvent', 'Custom'];

/**
 * Whether Katib knows the collector's kind. An absent one is StdOut. Katib's own configuration names no collector for
 * PrometheusMetric, so it refuses that kind until an administrator has added one.
 *
 * @param legacy Katib before 0.18, which calls the push `None`
 */
export function validateCollector(experiment: unknown, legacy: boolean): readonly Problem[] {
  const kind = valueAt(experiment, 'spec', 'metricsCollectorSpec', 'collector', 'kind') ?? 'StdOut';
  const known = [...KINDS, legacy ? 'None' : 'Push'];
  if (typeof kind === 'string' && known.includes(kind)) return [];
  const message = `the collector kind ${JSON.stringify(kind)} is none of ${known.join(', ')}`;
  return [{ rule: 'collector-kind', pointer: '/spec/metricsCollectorSpec/collector/kind', message }];
}
