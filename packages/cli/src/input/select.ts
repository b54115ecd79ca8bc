import { valueAt } from '@katib-push/katib/json-pointer';

/** Which Experiments are meant; every condition has to hold, and none means all. */
export interface Selection {
  readonly namespace?: string;
  readonly name?: string;
  readonly selector?: Selector;
}

/** Conditions on labels, as kubectl's `-l` takes them. */
export type Selector = readonly Requirement[];

interface Requirement {
  readonly key: string;
  readonly operator: '=' | '!=' | 'exists' | 'absent';
  readonly value: string;
}

/**
 * Reads `key=value,key!=value,key,!key`; undefined for anything else, sets (`key in (a, b)`) among it.
 */
export function parseSelector(text: string): Selector | undefined {
  const requirements = text.split(',').map((part): Requirement | undefined => {
    const match = /^\s*(!?)\s*([\w./-]+)\s*(?:(!=|==?)\s*([\w.-]*))?\s*$/.exec(part);
    const [, not = '', key = '', operator, value = ''] = match ?? [];
    if (!match || (not && operator)) return undefined;
    if (operator === undefined) return { key, operator: not ? 'absent' : 'exists', value };
    return { key, operator: operator === '!=' ? '!=' : '=', value };
  });
  return requirements.every((requirement) => requirement !== undefined) ? requirements : undefined;
}

/** Whether an Experiment is meant. One without a namespace is in none: kubectl would fill it in later. */
export function isSelected(experiment: unknown, { namespace, name, selector = [] }: Selection): boolean {
  const metadata = valueAt(experiment, ['metadata']);
  if (namespace !== undefined && valueAt(metadata, ['namespace']) !== namespace) return false;
  if (name !== undefined && valueAt(metadata, ['name']) !== name) return false;
  return selector.every(({ key, operator, value }) => {
    const label = valueAt(metadata, ['labels', key]);
    if (operator === '=') return label === value;
    if (operator === '!=') return label !== value;
    return (label !== undefined) === (operator === 'exists');
  });
}

/** The selection as a part of a sentence: `called tune, in namespace team-a`. */
export function describeSelection({ namespace, name, selector }: Selection): string {
  return [
    ...(name === undefined ? [] : [`called ${name}`]),
    ...(namespace === undefined ? [] : [`in namespace ${namespace}`]),
    ...(selector === undefined ? [] : ['labelled as --selector asks']),
  ].join(', ');
}

/** An Experiment's name, with its namespace in front where it has one. */
export function describeExperiment(experiment: unknown): string {
  const parts = [valueAt(experiment, ['metadata', 'namespace']), valueAt(experiment, ['metadata', 'name'])];
  return parts.filter((part) => typeof part === 'string').join('/');
}
