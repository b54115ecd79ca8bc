import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { Settings } from '../policy/settings.ts';
import type { Experiment } from '../read-experiment.ts';
import type { PatchBuilder } from './build-patch.ts';

const injectionLabel = 'katib.kubeflow.org/metrics-collector-injection';

/** Sets the metrics collector to the kind that pushes. */
export function setCollector(
  patch: PatchBuilder,
  { collector, subject }: Experiment,
  settings: Settings,
  container: PrimaryContainer,
): void {
  const kind = pushKind(settings);
  if (collector !== kind) patch.set([...subject.collector, 'collector', 'kind'], kind);
  if (settings.legacyCollector && container.podPath)
    patch.set([...subject.job, ...container.podPath, 'metadata', 'labels', injectionLabel], 'disabled');
}

/** What Katib calls the collector of trials that push: `None` before 0.18. */
export function pushKind({ legacyCollector }: Settings): 'Push' | 'None' {
  return legacyCollector ? 'None' : 'Push';
}
