import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { pointerOf } from '../json-pointer.ts';
import type { Experiment } from '../read-experiment.ts';
import type { Path } from '../subject.ts';
import { type FoundContainer, findContainers } from './find-containers.ts';
import { completionIndexLabel, matchLabels } from './match-labels.ts';

/** The container whose output Katib reads: the primary container of the primary pod. */
export interface PrimaryContainer extends FoundContainer {
  readonly name: string;
  /** JSON path from the Experiment or Trial. */
  readonly at: Path;
  /** The same as a JSON pointer. */
  readonly pointer: string;
  /** Whether the template makes several pods, of which Katib reads only one. */
  readonly severalPods: boolean;
  /** The completion index of the pod that Katib reads, where `primaryPodLabels` name one (TrainJob). */
  readonly completionIndex?: number;
}

/** Roles that hold the primary pod, the likeliest first. Source: Kubeflow Training Operator, label `job-role: master`. */
export const primaryRoles: readonly string[] = ['Master', 'Chief', 'Launcher', 'Worker'];

/**
 * Finds the primary container of the primary replica, for any job kind.
 *
 * @param toRun whether it is enough that words can be put in front of its command. Default: the command has to be read.
 */
export function locateContainer(
  experiment: Experiment,
  toRun = false,
): {
  readonly container?: PrimaryContainer;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (!experiment.trialSpec)
    return {
      diagnostics: [
        diagnose('no-trial-spec', 'The trial template is not in the Experiment.', {
          pointer: pointerOf(experiment.subject.primary),
        }),
      ],
    };
  const all = findContainers(experiment.trialSpec);
  const candidates = findCandidates(experiment, all);
  const [container] = candidates;
  const isRead = container?.unread === undefined || (toRun && container.isRunnable === true);
  if (!container || candidates.length > 1 || !isRead)
    return { diagnostics: [describeMiss(experiment, all, candidates)] };
  const index = completionIndexOf(experiment);
  const at = [...experiment.subject.job, ...container.path];
  return {
    container: {
      ...container,
      name: experiment.primaryContainerName,
      at,
      pointer: pointerOf(at),
      severalPods: container.replicas > 1,
      ...(index === undefined ? {} : { completionIndex: index }),
    },
    diagnostics: [],
  };
}

/**
 * The containers that Katib may mean: those of the name whose pods have all of `primaryPodLabels`, where any are given.
 * Of several, those of the likeliest role.
 */
function findCandidates(
  { primaryContainerName, primaryPodLabels, trialSpec }: Experiment,
  all: readonly FoundContainer[],
): readonly FoundContainer[] {
  const group = String(trialSpec?.apiVersion ?? '').split('/')[0] as string;
  const ranked = all
    .filter(({ name }) => name === primaryContainerName || name === undefined)
    .map((container) => ({
      container,
      match: container.name === undefined ? 'maybe' : matchLabels(container, primaryPodLabels, group),
    }));
  const best = ['yes', 'maybe'].find((one) => ranked.some(({ match }) => match === one));
  const labelled = ranked.filter(({ match }) => match === best).map(({ container }) => container);
  const role = primaryRoles.find((one) => labelled.some((container) => container.role === one));
  const narrowed = labelled.filter((container) => container.role === role);
  return narrowed.length > 0 ? narrowed : labelled;
}

const noPods =
  'Use a kind of job whose pods stand in the trial spec: only containers with command and args are read.';
const onlyOne = 'Set primaryPodLabels to labels that only one of the pod templates has.';
const ownNames =
  'Give the containers of the pod names of their own: Kubernetes refuses two that have one name.';

/** Why no container is the primary one for certain. */
function describeMiss(
  { primaryContainerName, primaryPodLabels, subject }: Experiment,
  all: readonly FoundContainer[],
  candidates: readonly FoundContainer[],
): Diagnostic {
  const called = `called ${JSON.stringify(primaryContainerName)}`;
  const unread = candidates.find((container) => container.unread !== undefined);
  if (unread) {
    const pointer = pointerOf([...subject.job, ...unread.path]);
    const others = candidates.length > 1 ? `, and ${candidates.length - 1} more may be meant` : '';
    return diagnose(
      'template-not-read',
      `The primary container is, or may be, the one at ${pointer}, which can't be read: ${unread.unread}${others}.`,
      { pointer, hint: candidates.length > 1 ? onlyOne : (unread.instead ?? '') },
    );
  }
  if (candidates.length > 1)
    return diagnose(
      'no-primary-container',
      `${candidates.length} containers are ${called}, and nothing tells which is the primary one.`,
      {
        pointer: pointerOf([...subject.primary, 'primaryContainerName']),
        hint: areInOnePod(candidates) ? ownNames : onlyOne,
      },
    );
  if (all.some(({ name }) => name === primaryContainerName)) {
    const labels = Object.entries(primaryPodLabels).map((entry) => entry.join('='));
    return diagnose(
      'no-primary-container',
      `No container ${called} is in a pod with the labels ${labels.join(', ')}.`,
      {
        pointer: pointerOf([...subject.primary, 'primaryPodLabels']),
        hint: "Give the primary pod's template these labels, or set primaryPodLabels to those that it has.",
      },
    );
  }
  const names = [...new Set(all.flatMap(({ name }) => (name === undefined ? [] : [JSON.stringify(name)])))];
  return diagnose(
    'no-primary-container',
    names.length === 0
      ? 'The trial spec has no containers.'
      : `No container is ${called}; there are ${names.join(', ')}.`,
    {
      pointer: pointerOf([...subject.primary, 'primaryContainerName']),
      ...(names.length === 0 ? { hint: noPods } : {}),
    },
  );
}

function areInOnePod(containers: readonly FoundContainer[]): boolean {
  return new Set(containers.map(({ podPath = [] }) => pointerOf(podPath))).size === 1;
}

/** TrainJob: one template serves all nodes, and the primary is index 0 unless the labels say otherwise. */
function completionIndexOf(experiment: Experiment): number | undefined {
  const label = experiment.primaryPodLabels[completionIndexLabel];
  if (label !== undefined && /^\d{1,6}$/.test(label)) return Number(label);
  return experiment.trialSpec?.kind === 'TrainJob' ? 0 : undefined;
}
