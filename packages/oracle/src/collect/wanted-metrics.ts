import { objectOr, textOf, textsOf, valueAt } from '../json/read-json.ts';

/** What an Experiment asks the collector to look for. */
export interface WantedMetrics {
  /** The objective first, then the additional metrics. Empty if there is no objective. */
  readonly wanted: readonly string[];
  /** `metricsFormat`; empty where none is given, which means the default filter. */
  readonly filters: readonly string[];
}

/** Reads names and filters from an Experiment; fields of a wrong type count as absent. */
export function wantedMetrics(experiment: unknown): WantedMetrics {
  const objective = objectOr(valueAt(experiment, 'spec', 'objective'));
  const name = textOf(objective.objectiveMetricName) ?? '';
  return {
    wanted: name === '' ? [] : [name, ...textsOf(objective.additionalMetricNames)],
    filters: textsOf(
      valueAt(experiment, 'spec', 'metricsCollectorSpec', 'source', 'filter', 'metricsFormat'),
    ),
  };
}
