import type { FormatReport } from '@katib-push/core';
import { isRecord, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { createPatch, type PatchBuilder } from './build-patch.ts';

/**
 * The change of an Experiment that takes a proposal: `metricsFormat`, and the names of metrics that are printed in another
 * way, wherever the Experiment gives them.
 *
 * @param given an Experiment whose metrics and filters are those that the proposal was made for
 */
export function adoptFormats(
  given: unknown,
  proposal: Pick<FormatReport, 'metricsFormat' | 'renames'>,
): readonly PatchOperation[] {
  const patch = createPatch(given);
  setFormats(patch, given, proposal);
  return patch.build();
}

/** {@link adoptFormats} as a part of a larger change. */
export function setFormats(
  patch: PatchBuilder,
  given: unknown,
  { metricsFormat, renames }: Pick<FormatReport, 'metricsFormat' | 'renames'>,
): void {
  const rename = (path: readonly (string | number)[]): void => {
    const found = renames.find(({ wanted }) => wanted === valueAt(given, path));
    if (found) patch.set(path, found.printed);
  };
  const objective = ['spec', 'objective'];
  rename([...objective, 'objectiveMetricName']);
  for (const index of indicesOf(given, [...objective, 'additionalMetricNames']))
    rename([...objective, 'additionalMetricNames', index]);
  for (const index of indicesOf(given, [...objective, 'metricStrategies']))
    if (isRecord(valueAt(given, [...objective, 'metricStrategies', index])))
      rename([...objective, 'metricStrategies', index, 'name']);
  if (metricsFormat)
    patch.set(['spec', 'metricsCollectorSpec', 'source', 'filter', 'metricsFormat'], metricsFormat);
}

function indicesOf(given: unknown, path: readonly string[]): readonly number[] {
  const list = valueAt(given, path);
  return Array.isArray(list) ? [...list.keys()] : [];
}
