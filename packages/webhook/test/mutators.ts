import {
  changingWebhook,
  type KubernetesObject,
  type MutatingWebhook,
} from '../../../test/api-server/index.ts';

/** A webhook of somebody else that changes each object it sees in its own way. */
export function mutator(name: string, change: (object: Mutable) => void): MutatingWebhook {
  return changingWebhook(name, (given) => {
    const object = structuredClone(given) as Mutable;
    change(object);
    return object;
  });
}

export type Mutable = Record<string, unknown>;

/** The first container of a Job's template. */
export function containerOf(object: KubernetesObject): Mutable {
  const path = ['spec', 'trialTemplate', 'trialSpec', 'spec', 'template', 'spec', 'containers', '0'];
  return path.reduce((value, key) => value[key] as Mutable, object as Mutable);
}

/** Puts a variable into the first container's list, at the front or at the end, unless it is there. */
export function addVariable(name: string, where: 'front' | 'end'): (object: Mutable) => void {
  return (object) => {
    const container = containerOf(object);
    const list = (container.env ?? []) as Mutable[];
    if (list.some((entry) => entry.name === name)) return;
    const entry = { name, value: 'x' };
    container.env = where === 'front' ? [entry, ...list] : [...list, entry];
  };
}
