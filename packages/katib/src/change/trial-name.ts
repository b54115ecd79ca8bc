import type { TrialNamePlaceholder } from '@katib-push/core';
import type { Experiment } from '../read-experiment.ts';

/** The reference that Katib fills with the trial's name. */
const trialNameReference = '${trialSpec.Name}';

/** The trial parameter that carries the trial's name. */
export interface TrialNameParameter {
  readonly name: string;
  /** Whether it has to be added. Katib refuses two parameters with one reference, so an existing one is used. */
  readonly added: boolean;
}

/** Finds or names the trial parameter that refers to the trial's name. */
export function trialNameParameter(experiment: Experiment): TrialNameParameter {
  const existing = experiment.trialParameters.find((parameter) => parameter.reference === trialNameReference);
  if (existing) return { name: existing.name, added: false };
  const taken = new Set(experiment.trialParameters.map((parameter) => parameter.name));
  let name = 'katibPushTrialName';
  for (let count = 1; taken.has(name); count++) name = `katibPushTrialName${count}`;
  return { name, added: true };
}

/** The entry of `trialParameters` for it. */
export function trialParameterEntry(parameter: TrialNameParameter): Readonly<Record<string, string>> {
  return {
    name: parameter.name,
    description: 'Name of the trial, for the push client',
    reference: trialNameReference,
  };
}

/** How inserted text refers to it. */
export function placeholderOf(parameter: TrialNameParameter): TrialNamePlaceholder {
  const placeholder = `\${trialParameters.${parameter.name}}`;
  return { placeholder, standIn: '_katib_push_trial'.padEnd(placeholder.length, '_') };
}
