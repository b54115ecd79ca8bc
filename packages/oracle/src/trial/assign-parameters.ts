import { isObject, listOr, textOf, textsOf, valueAt } from '../json/read-json.ts';
import { OracleError } from '../oracle-error.ts';

/** Values by the name of the search parameter. */
export type Assignments = Readonly<Record<string, string>>;

/**
 * A value for every search parameter of the Experiment: the given one, else the first that its feasible space allows
 * (`min` of a range, the first entry of a list). A parameter without either is left out; {@link substitute} says so
 * if the template needs it.
 *
 * @param given by the name of a search parameter, or of the trial parameter that refers to it
 *
 * Throws {@link OracleError} `usage` for a name that the Experiment doesn't know.
 */
export function assignParameters(experiment: unknown, given: Assignments = {}): Assignments {
  const references = trialParameters(experiment);
  const assigned: Record<string, string> = {};
  for (const parameter of listOr(valueAt(experiment, 'spec', 'parameters'))) {
    const name = textOf(valueAt(parameter, 'name'));
    const value = firstFeasible(valueAt(parameter, 'feasibleSpace'));
    if (name !== undefined && value !== undefined) assigned[name] = value;
  }
  const known = new Set([...Object.keys(assigned), ...references.map((parameter) => parameter.reference)]);
  for (const [name, value] of Object.entries(given)) {
    const reference = known.has(name) ? name : references.find((each) => each.name === name)?.reference;
    if (reference === undefined) {
      const names = [...known].filter((each) => !each.startsWith('${')).join(', ');
      throw new OracleError('usage', `the Experiment has no parameter ${name}; it has ${names || 'none'}`);
    }
    assigned[reference] = value;
  }
  return assigned;
}

/** One entry of `spec.trialTemplate.trialParameters`. */
export interface TrialParameter {
  readonly name: string;
  /** The name of a search parameter, or a reference to the trial itself such as `${trialSpec.Name}`. */
  readonly reference: string;
}

/** The trial parameters with both fields; others are Katib's to refuse. */
export function trialParameters(experiment: unknown): readonly TrialParameter[] {
  return listOr(valueAt(experiment, 'spec', 'trialTemplate', 'trialParameters'))
    .filter(isObject)
    .flatMap(({ name, reference }) =>
      typeof name === 'string' && typeof reference === 'string' ? [{ name, reference }] : [],
    );
}

function firstFeasible(space: unknown): string | undefined {
  return textOf(valueAt(space, 'min')) ?? textsOf(valueAt(space, 'list'))[0];
}
