import { isRecord } from '../json-pointer.ts';

/** A container somewhere in a trial's template. */
export interface FoundContainer {
  /** From the trial spec to the container. */
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Labels of the pod it will be in, as far as the template names them. */
  readonly podLabels: Readonly<Record<string, unknown>>;
  /** From the trial spec to the object whose `metadata` are the pod's; absent where there is none (TrainJob). */
  readonly podPath?: readonly (string | number)[];
  /** The replica role it belongs to (`Master`, `Worker`, `Launcher`), absent where the job has none. */
  readonly role?: string;
  /** How many pods the template makes; 1 where nothing is said. */
  readonly replicas: number;
}

const deepest = 40;

/**
 * Every container of a trial spec, whatever the job kind: `containers` of a pod, a workflow template's `container`
 * (Argo calls it `main`, whatever name it is given),
 * a Tekton task's `steps` (their containers are called `step-<name>`), a TrainJob's `trainer` (called `node`).
 * Init containers and sidecars of other lists are not candidates.
 */
export function findContainers(trialSpec: Readonly<Record<string, unknown>>): readonly FoundContainer[] {
  const found: FoundContainer[] = [];
  const walk = (
    value: unknown,
    path: readonly (string | number)[],
    pod: Omit<FoundContainer, 'path' | 'name' | 'value'>,
  ): void => {
    if (path.length > deepest) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index], pod);
      return;
    }
    if (!isRecord(value)) return;
    const here = describePod(value, path, pod);
    const add = (container: unknown, at: readonly (string | number)[], name: string): void => {
      if (isRecord(container)) found.push({ ...here, path: at, name, value: container });
    };
    for (const [key, child] of Object.entries(value)) {
      const at = [...path, key];
      if (key === 'containers' && Array.isArray(child)) {
        for (const [index, item] of child.entries()) add(item, [...at, index], nameOf(item) ?? '');
      } else if (
        key === 'steps' &&
        Array.isArray(child) &&
        child.some((item) => isRecord(item) && 'image' in item)
      ) {
        for (const [index, item] of child.entries())
          add(item, [...at, index], `step-${nameOf(item) ?? `unnamed-${index}`}`);
      } else if (key === 'container' && isRecord(child) && 'image' in child) add(child, at, 'main');
      else if (key === 'trainer' && isRecord(child) && trialSpec.kind === 'TrainJob') add(child, at, 'node');
      else if (key !== 'initContainers') walk(child, at, here);
    }
  };
  walk(trialSpec, [], { podLabels: {}, replicas: 1 });
  return found;
}

/** What an object on the way says of the pods below it. */
function describePod(
  value: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  above: Omit<FoundContainer, 'path' | 'name' | 'value'>,
): Omit<FoundContainer, 'path' | 'name' | 'value'> {
  const metadata = path.length > 0 && isRecord(value.metadata) ? value.metadata : undefined;
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
  const labels = metadata && isRecord(metadata.labels) ? metadata.labels : above.podLabels;
  const podPath = isPod && path.length > 0 ? path : above.podPath;
  return {
    podLabels: labels,
    replicas,
    ...(role === undefined ? {} : { role }),
    ...(podPath ? { podPath } : {}),
  };
}

function nameOf(container: unknown): string | undefined {
  return isRecord(container) && typeof container.name === 'string' ? container.name : undefined;
}
