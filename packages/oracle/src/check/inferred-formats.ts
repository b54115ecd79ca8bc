import { valueAt } from '../json/read-json.ts';
import type { Change } from './list-changes.ts';

const PLACES =
  /^\/spec\/(?:metricsCollectorSpec\/source(?:\/filter(?:\/metricsFormat(?:\/\d+)?)?)?|objective\/(?:objectiveMetricName|additionalMetricNames\/\d+|metricStrategies\/\d+\/name))$/;

/** Whether an Experiment asks for filters, and names of metrics, that are inferred from what its script prints. */
export function infersFormats(experiment: unknown): boolean {
  const kind = valueAt(experiment, 'spec', 'metricsCollectorSpec', 'collector', 'kind');
  const asks = valueAt(experiment, 'metadata', 'annotations', 'katib-push.io/formats') === 'infer';
  return asks && (kind === 'Push' || kind === 'None');
}

/** Whether a change writes such filters or names. */
export function isInferred({ pointer, kind }: Change, original: unknown): boolean {
  return infersFormats(original) && kind !== 'remove' && PLACES.test(pointer);
}
