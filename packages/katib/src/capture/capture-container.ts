import type { Filters } from '@katib-push/core';
import { shimSource, shimVariable, wrapWords } from '@katib-push/shim';
import type { PatchBuilder } from '../change/build-patch.ts';
import { escapeForKubelet } from '../change/client-settings.ts';
import { setCollector } from '../change/set-collector.ts';
import { setVariables, type Variable } from '../change/set-variables.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { WordsThatRun } from '../locate/words-that-run.ts';
import type { Settings } from '../policy/settings.ts';
import type { Experiment } from '../read-experiment.ts';
import { findMissingVolume, volumeName } from './find-volume.ts';
import { primaryPodVariables, undecidedLabels } from './primary-pod.ts';
import { needsOf, shimConfig } from './shim-config.ts';

/** What puts a container under the shim. */
export interface Capture {
  readonly experiment: Experiment;
  readonly container: PrimaryContainer;
  /** The words without the sidecar's wrapper. */
  readonly runs: WordsThatRun;
  /** The interpreter that the words run themselves, by name or path; absent where none is certain. */
  readonly interpreter?: string;
  readonly filters: Filters;
  readonly settings: Settings;
  /** The service whose early stopping rules the shim enforces; absent for none. */
  readonly service?: string;
  /** What Katib fills in as the trial's name; absent where it appends the name to the container by itself. */
  readonly trialName?: string;
}

/** Puts a container under the shim: its command, environment and volumes, and the metrics collector. */
export function captureContainer(patch: PatchBuilder, capture: Capture): void {
  const { experiment, container, runs, interpreter, settings } = capture;
  const options = interpreter === undefined ? {} : { interpreters: [interpreter] };
  patch.set([...container.at, 'command'], wrapWords(runs.command, options));
  if (runs.joined && runs.args.length > 0) patch.set([...container.at, 'args'], runs.args);
  setVariables(patch, container, variablesOf(capture));
  addVolume(patch, experiment, container);
  setCollector(patch, experiment, settings, container);
}

function variablesOf(capture: Capture): readonly Variable[] {
  const { experiment, container, filters, settings, service, trialName } = capture;
  const labels = undecidedLabels(experiment, container);
  const config = shimConfig(experiment, filters, settings, service);
  const needs = needsOf(config, settings, Object.keys(labels).length > 0);
  const text = (name: string, value: string): Variable => ({ name, value: escapeForKubelet(value) });
  return [
    text(shimVariable, shimSource(needs)),
    text('KATIB_PUSH_CONFIG', JSON.stringify(config)),
    ...(settings.address === undefined ? [] : [text('KATIB_DB_MANAGER_ADDRESS', settings.address)]),
    ...(trialName === undefined ? [] : [{ name: 'KATIB_PUSH_TRIAL_NAME', value: trialName }]),
    ...primaryPodVariables(labels),
  ];
}

function addVolume(patch: PatchBuilder, experiment: Experiment, container: PrimaryContainer): void {
  const missing = findMissingVolume(experiment, container);
  if (!missing?.volumes) return;
  patch.append(missing.volumes, { name: volumeName, emptyDir: {} });
  patch.append([...container.at, 'volumeMounts'], { name: volumeName, mountPath: missing.folder });
}

/** Why a container can't do without the folder that Katib mounts, where its job has no list of volumes. */
export function noPlaceFor(folder: string, { pointer }: PrimaryContainer): Diagnostic {
  return diagnose(
    'needs-sidecar-volume',
    `Katib mounts ${folder} for the metrics collector, and there is no place to mount it without.`,
    { pointer, hint: 'Write metrics to the output, or into a folder of the image.' },
  );
}
