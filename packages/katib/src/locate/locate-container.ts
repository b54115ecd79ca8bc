import { type Diagnostic, diagnose } from '@katib-push/core';
import { pointerOf } from '../json-pointer.ts';
import { type Experiment, trialSpecPath } from '../read-experiment.ts';
import { type FoundContainer, findContainers } from './find-containers.ts';

/** The container whose output Katib reads: the primary container of the primary pod. */
export interface PrimaryContainer extends FoundContainer {
  /** JSON pointer from the Experiment. */
  readonly pointer: string;
  /** Whether the template makes several pods, of which Katib reads only one. */
  readonly severalPods: boolean;
  /** The completion index of the pod that Katib reads, where `primaryPodLabels` name one (TrainJob). */
  readonly completionIndex?: number;
}

/** Roles that hold the primary pod, the likeliest first. Source: Kubeflow Training Operator, label `job-role: master`. */
const primaryRoles = ['Master', 'Chief', 'Launcher', 'Worker'];
const completionIndexLabel = 'batch.kubernetes.io/job-completion-index';

/** Finds the primary container of the primary replica, for any job kind. */
export function locateContainer(experiment: Experiment): {
  readonly container?: PrimaryContainer;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (!experiment.trialSpec)
    return {
      diagnostics: [
        diagnose('no-trial-spec', 'The trial template is not in the Experiment.', {
          pointer: '/spec/trialTemplate',
        }),
      ],
    };
  const all = findContainers(experiment.trialSpec);
  const named = all.filter((container) => container.name === experiment.primaryContainerName);
  const labelled = narrow(named, (container) => hasLabels(container, experiment.primaryPodLabels));
  const role = primaryRoles.find((one) => labelled.some((container) => container.role === one));
  const candidates = narrow(labelled, (container) => container.role === role);
  const [container] = candidates;
  if (!container || candidates.length > 1) {
    const message = container
      ? `${candidates.length} containers are called ${JSON.stringify(experiment.primaryContainerName)}, and nothing tells which is the primary one`
      : all.length === 0
        ? 'The trial spec has no containers'
        : `No container is called ${JSON.stringify(experiment.primaryContainerName)}; there are ${all.map((one) => JSON.stringify(one.name)).join(', ')}`;
    const hint = container
      ? 'Set primaryPodLabels to labels that only one of the pod templates has.'
      : undefined;
    return {
      diagnostics: [
        diagnose('no-primary-container', `${message}.`, {
          pointer: '/spec/trialTemplate/primaryContainerName',
          ...(hint ? { hint } : {}),
        }),
      ],
    };
  }
  const index = completionIndexOf(experiment);
  return {
    container: {
      ...container,
      pointer: pointerOf([...trialSpecPath, ...container.path]),
      severalPods: container.replicas > 1,
      ...(index === undefined ? {} : { completionIndex: index }),
    },
    diagnostics: [],
  };
}

/** Those that pass; all where none does. */
function narrow(
  containers: readonly FoundContainer[],
  passes: (container: FoundContainer) => boolean,
): readonly FoundContainer[] {
  const passing = containers.filter(passes);
  return passing.length > 0 ? passing : containers;
}

function hasLabels(container: FoundContainer, wanted: Readonly<Record<string, string>>): boolean {
  const entries = Object.entries(wanted).filter(([key]) => !key.endsWith('/replica-index'));
  const labels = { ...operatorLabels(container.role), ...container.podLabels };
  return entries.length > 0 && entries.every(([key, value]) => labels[key] === value);
}

/** Labels that the Training Operator gives the pods of a replica type; they are not in the template. */
function operatorLabels(role: string | undefined): Readonly<Record<string, unknown>> {
  if (role === undefined) return {};
  const master = role === 'Master' || role === 'Chief' || role === 'Launcher';
  return {
    'training.kubeflow.org/replica-type': role.toLowerCase(),
    ...(master ? { 'training.kubeflow.org/job-role': 'master' } : {}),
  };
}

/** TrainJob: one template serves all nodes, and the primary is index 0 unless the labels say otherwise. */
function completionIndexOf(experiment: Experiment): number | undefined {
  const label = experiment.primaryPodLabels[completionIndexLabel];
  if (label !== undefined && /^\d{1,6}$/.test(label)) return Number(label);
  return experiment.trialSpec?.kind === 'TrainJob' ? 0 : undefined;
}
