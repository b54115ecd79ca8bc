import type { Diagnostic } from '../diagnostics/diagnose.ts';
import { pointerOf } from '../json-pointer.ts';
import type { Experiment } from '../read-experiment.ts';

/** Faults of filters with the place where the filters stand. */
export function placeFaults({ subject }: Experiment, faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const pointer = pointerOf([...subject.collector, 'source', 'filter', 'metricsFormat']);
  return faults.map((fault) => ({ ...fault, pointer }));
}
