import { isObject, type JsonObject, textOf, valueAt } from '../json/read-json.ts';
import { OracleError } from '../oracle-error.ts';
import {
  type Assignments,
  assignParameters,
  type TrialParameter,
  trialParameters,
} from './assign-parameters.ts';

/** What a trial is called, for references to the trial itself. */
export interface TrialIdentity {
  readonly trialName: string;
  readonly namespace: string;
}

/**
 * The Experiment with the trial template of one trial: Katib's textual substitution of `${trialParameters.name}` over
 * the JSON of the template. Everything outside `spec.trialTemplate.trialSpec` stays.
 *
 * @param given values by parameter name; what is missing comes from the feasible space
 *
 * Throws {@link OracleError}: `usage` for an unknown name in `given`, `missing-value` where a reference has no value,
 * `bad-experiment` where a value breaks the template's JSON. Source: `applyParameters` in
 * `pkg/controller.v1beta1/experiment/manifest/generator.go`.
 */
export function substitute(experiment: unknown, given: Assignments, identity: TrialIdentity): JsonObject {
  const spec = valueAt(experiment, 'spec', 'trialTemplate', 'trialSpec');
  if (!isObject(experiment) || !isObject(spec)) {
    throw new OracleError(
      'bad-experiment',
      'the template spec.trialTemplate.trialSpec is missing: give it inline',
    );
  }
  const assignments = assignParameters(experiment, given);
  let text = templateText(spec);
  for (const parameter of trialParameters(experiment)) {
    text = text.replaceAll(placeholder(parameter.name), () =>
      resolve(parameter, assignments, spec, identity),
    );
  }
  return withTrialSpec(experiment, parseTemplate(text));
}

/** `${trialParameters.name}`. */
export function placeholder(name: string): string {
  return `\${trialParameters.${name}}`;
}

/** The template as the text in which Katib replaces: JSON in which Go has escaped what HTML would misread. */
export function templateText(spec: unknown): string {
  return JSON.stringify(spec).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function resolve(
  { name, reference }: TrialParameter,
  assignments: Assignments,
  spec: JsonObject,
  identity: TrialIdentity,
): string {
  const key = /\$\{trialSpec\.(.+?)\}/.exec(reference)?.[1];
  const value = key === undefined ? assignments[reference] : ofTrial(key, spec, identity);
  if (value !== undefined) return value;
  const way = key === undefined ? `give one with --set ${reference}=…` : 'correct its reference';
  throw new OracleError('missing-value', `the trial parameter ${name} (${reference}) has no value: ${way}`);
}

function ofTrial(key: string, spec: JsonObject, identity: TrialIdentity): string | undefined {
  const [, field, index] = /^(.+)\[(.+)\]$/.exec(key) ?? [];
  if (field === 'Annotations') return textOf(valueAt(spec, 'metadata', 'annotations', index ?? ''));
  if (field === 'Labels') return textOf(valueAt(spec, 'metadata', 'labels', index ?? ''));
  switch (key) {
    case 'Name':
      return identity.trialName;
    case 'Namespace':
      return identity.namespace;
    case 'Kind':
      return textOf(spec.kind);
    case 'APIVersion':
      return textOf(spec.apiVersion);
    default:
      return undefined;
  }
}

function parseTemplate(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `a parameter's value breaks the JSON of the trial template: ${why}`;
    throw new OracleError('bad-experiment', message, error);
  }
}

function withTrialSpec(experiment: JsonObject, trialSpec: unknown): JsonObject {
  const spec = experiment.spec as JsonObject;
  const trialTemplate = spec.trialTemplate as JsonObject;
  return { ...experiment, spec: { ...spec, trialTemplate: { ...trialTemplate, trialSpec } } };
}
