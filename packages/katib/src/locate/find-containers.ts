import { isRecord } from '../json-pointer.ts';
import type { Path } from '../subject.ts';

/** A container somewhere in a trial's template. */
export interface FoundContainer {
  /** From the trial spec to the container. */
  readonly path: readonly (string | number)[];
  /** Absent where the container's own definition is not in the Experiment. */
  readonly name?: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Why its command can't be read, as the end of a sentence: `its text stands in "script"`; absent if it can. */
  readonly unread?: string;
  /** What helps where its command can't be read; there where `unread` is. */
  readonly instead?: string;
  /** Whether words can be put in front of its command though that can't be read: the controller appends a script's path. */
  readonly isRunnable?: true;
  /** Labels of the pod it will be in, as far as the template names them. */
  readonly podLabels: Readonly<Record<string, unknown>>;
  /** Whether the pod may have other labels that are not in the Experiment. */
  readonly labelsElsewhere?: true;
  /** From the trial spec to the object whose `metadata` are the pod's; absent where there is none (TrainJob). */
  readonly podPath?: readonly (string | number)[];
  /** The task of a Tekton pipeline that it belongs to; absent where there is none. */
  readonly pipelineTask?: string;
  /** The replica role it belongs to (`Master`, `Worker`, `Launcher`), absent where the job has none. */
  readonly role?: string;
  /** How many pods the template makes; 1 where nothing is said. */
  readonly replicas: number;
}

const deepest = 40;

/** What stands for a pod that is defined elsewhere: of Argo workflows, whose containers are called `main`, and of Tekton. */
const references: Readonly<Record<string, string | undefined>> = {
  templateRef: 'main',
  workflowTemplateRef: 'main',
  taskRef: undefined,
  pipelineRef: undefined,
};

type Pod = Omit<
  FoundContainer,
  'path' | 'name' | 'value' | 'unread' | 'instead' | 'isRunnable' | 'labelsElsewhere'
>;

/**
 * Every container of a trial spec, whatever the job kind: `containers` of a pod, a workflow template's `container`
 * or `script` (Argo calls it `main`, whatever name it is given),
 * a Tekton task's `steps` (their containers are called `step-<name>`), a TrainJob's `trainer` (called `node`), a RayJob's
 * `entrypoint` (its pod's container is called `ray-job-submitter`).
 * Init containers and sidecars of other lists are not candidates. References to what is defined elsewhere are found too.
 */
export function findContainers(trialSpec: Readonly<Record<string, unknown>>): readonly FoundContainer[] {
  const found: FoundContainer[] = [];
  const walk = (value: unknown, path: Path, pod: Pod): void => {
    if (path.length > deepest) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index], pod);
      return;
    }
    if (!isRecord(value)) return;
    const here = describePod(value, path, pod);
    for (const [key, child] of Object.entries(value)) {
      const entry = { key, child, at: [...path, key], kind: trialSpec.kind };
      const own = firstOf(finders, entry);
      if (own) found.push(...own.map((one) => ({ ...here, ...one })));
      else if (key !== 'initContainers') walk(child, entry.at, here);
    }
  };
  walk(trialSpec, [], { podLabels: {}, replicas: 1 });
  return found;
}

/** An entry of an object in a trial spec. */
interface Entry {
  readonly key: string;
  readonly child: unknown;
  /** From the trial spec to `child`. */
  readonly at: Path;
  /** Of the job. */
  readonly kind: unknown;
}

/** What a container says of itself. */
type Own = Omit<FoundContainer, keyof Pod> & Pick<FoundContainer, 'labelsElsewhere'>;

/** The containers that an entry holds; or nothing, where it is no entry of that sort. */
type Finder = (entry: Entry) => readonly Own[] | undefined;

const finders: readonly Finder[] = [
  inPod,
  inTask,
  inWorkflow,
  inWorkflowScript,
  behindReference,
  inTrainJob,
  inRayJob,
];

function firstOf(steps: readonly Finder[], entry: Entry): readonly Own[] | undefined {
  for (const step of steps) {
    const found = step(entry);
    if (found) return found;
  }
  return undefined;
}

function inPod({ key, child, at }: Entry): readonly Own[] | undefined {
  if (key !== 'containers' || !Array.isArray(child)) return undefined;
  return child.flatMap((item, index) => named(item, [...at, index], nameOf(item) ?? ''));
}

function inTask({ key, child, at }: Entry): readonly Own[] | undefined {
  if (key !== 'steps' || !Array.isArray(child)) return undefined;
  if (!child.some((item) => isRecord(item) && 'image' in item)) return undefined;
  return child.flatMap((item, index) =>
    named(item, [...at, index], `step-${nameOf(item) ?? `unnamed-${index}`}`),
  );
}

function named(value: unknown, path: Path, name: string): readonly Own[] {
  return isRecord(value) ? [{ path, name, value }] : [];
}

function inWorkflow({ key, child, at }: Entry): readonly Own[] | undefined {
  return key === 'container' && isRecord(child) && 'image' in child ? named(child, at, 'main') : undefined;
}

function inWorkflowScript({ key, child, at }: Entry): readonly Own[] | undefined {
  if (key !== 'script' || !isRecord(child) || !('source' in child)) return undefined;
  const isRunnable = Array.isArray(child.command) && child.command.length > 0;
  return [
    {
      path: at,
      name: 'main',
      value: child,
      unread: 'its text stands in "script"',
      instead: 'Write it as a container with command and args: the interpreter, -c and the text.',
      ...(isRunnable ? { isRunnable } : {}),
    },
  ];
}

function behindReference({ key, child, at }: Entry): readonly Own[] | undefined {
  if (!Object.hasOwn(references, key) || !isRecord(child)) return undefined;
  const name = references[key];
  return [
    {
      path: at,
      ...(name ? { name } : {}),
      value: child,
      unread: `${JSON.stringify(key)} names what is not in the Experiment`,
      instead: 'Put what it names into the trial spec in its place, with command and args.',
      labelsElsewhere: true,
    },
  ];
}

function inTrainJob({ key, child, at, kind }: Entry): readonly Own[] | undefined {
  if (key !== 'trainer' || !isRecord(child) || kind !== 'TrainJob') return undefined;
  // its pod's template is in the runtime
  return [{ path: at, name: 'node', value: child, labelsElsewhere: true }];
}

function inRayJob({ key, at, kind }: Entry): readonly Own[] | undefined {
  if (key !== 'entrypoint' || at.length !== 2 || kind !== 'RayJob') return undefined;
  return [
    {
      path: at,
      name: 'ray-job-submitter',
      value: {},
      unread: 'a command line for the head stands in "entrypoint"',
      instead:
        'Have the script report its metrics itself, with the collector Push and KATIB_TRIAL_NAME: ${trialSpec.Name} among the env_vars of runtimeEnvYAML.',
      labelsElsewhere: true,
    },
  ];
}

/** What an object on the way says of the pods below it. */
function describePod(
  value: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  above: Pod,
): Pod {
  const metadata =
    path.length > 0 ? (metadataOf(value.metadata) ?? metadataOf(value.podMetadata)) : undefined;
  const isPod =
    isRecord(value.spec) ||
    isRecord(value.container) ||
    Array.isArray(value.steps) ||
    isRecord(value.taskSpec);
  const last = path.at(-1);
  const parent = path.at(-2);
  const role =
    typeof parent === 'string' && parent.endsWith('ReplicaSpecs') && typeof last === 'string'
      ? last
      : above.role;
  const replicas =
    role !== above.role && typeof value.replicas === 'number' ? value.replicas : above.replicas;
  const task = parent === 'tasks' && typeof value.name === 'string' ? value.name : above.pipelineTask;
  const podPath = isPod && path.length > 0 ? path : above.podPath;
  return {
    podLabels: metadata ?? above.podLabels,
    replicas,
    ...(task === undefined ? {} : { pipelineTask: task }),
    ...(role === undefined ? {} : { role }),
    ...(podPath ? { podPath } : {}),
  };
}

function metadataOf(metadata: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(metadata) && isRecord(metadata.labels) ? metadata.labels : undefined;
}

function nameOf(container: unknown): string | undefined {
  return isRecord(container) && typeof container.name === 'string' ? container.name : undefined;
}
