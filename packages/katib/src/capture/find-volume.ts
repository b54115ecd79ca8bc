import { endBefore } from '@katib-push/core';
import { isPush } from '../collector.ts';
import { isRecord, valueAt } from '../json-pointer.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import type { Experiment } from '../read-experiment.ts';
import type { Path } from '../subject.ts';

/** A folder that Katib mounts for StdOut and File, and not for Push. */
export interface MissingVolume {
  readonly folder: string;
  /** The list of volumes that the pod has; absent where the job names none that could be added to. */
  readonly volumes?: Path;
}

/** What the volume in its place is called. */
export const volumeName = 'katib-push-metrics';

/** Source: Katib, `pkg/apis/controller/common/v1beta1`. */
export const katibFolder = '/var/log/katib';

/**
 * The folder that the container would miss: that of the metrics file, and `/var/log/katib` where its words name it.
 * Absent where there is none, or where a volume is mounted there already.
 */
export function findMissingVolume(
  experiment: Experiment,
  container: PrimaryContainer,
): MissingVolume | undefined {
  const { collector, file } = experiment;
  const words = ['command', 'args'].flatMap((field) => container.value[field] ?? []);
  const folder =
    collector === 'File'
      ? file.path.slice(0, Math.max(file.path.lastIndexOf('/'), 1))
      : words.some((word) => typeof word === 'string' && word.includes(katibFolder))
        ? katibFolder
        : undefined;
  if (isPush(collector) || folder === undefined || folder === '/') return undefined;
  if (mountsOf(container).some((mounted) => folder === mounted || folder.startsWith(`${mounted}/`)))
    return undefined;
  const volumes = volumesPath(experiment, container);
  return { folder, ...(volumes ? { volumes } : {}) };
}

function mountsOf({ value }: PrimaryContainer): readonly string[] {
  const mounts: readonly unknown[] = Array.isArray(value.volumeMounts) ? value.volumeMounts : [];
  return mounts.flatMap((mount) => {
    const path = isRecord(mount) ? mount.mountPath : undefined;
    return typeof path === 'string' ? [path.slice(0, endBefore('/', path, 1))] : [];
  });
}

/** `volumes` beside the list of containers, of steps, or beside an Argo template's `container`. */
function volumesPath({ trialSpec }: Experiment, { path, at }: PrimaryContainer): Path | undefined {
  const depth = typeof path.at(-1) === 'number' ? 2 : 1;
  const isPod = path.at(-depth) !== 'trainer' && isRecord(valueAt(trialSpec, path.slice(0, -depth)));
  return isPod ? [...at.slice(0, -depth), 'volumes'] : undefined;
}
