import { isObject, type JsonObject, listOr, pointerTo, textOf, valueAt } from '../json/read-json.ts';
import { placeholder, templateText } from '../trial/substitute.ts';
import type { Problem } from './problem.ts';
import { validateJob } from './validate-job.ts';

const TEMPLATE = '/spec/trialTemplate';
const PARAMETERS = `${TEMPLATE}/trialParameters`;
const META_KEYS = ['Name', 'Namespace', 'Kind', 'APIVersion', 'Annotations', 'Labels'];

/**
 * Katib's rules about a trial template: parameters complete, distinct, declared and used, no placeholder left over,
 * and a template that is an object without a name of its own. Source: `validateTrialTemplate` in
 * `pkg/webhook/v1beta1/experiment/validator/validator.go`.
 */
export function validateTemplate(experiment: unknown): readonly Problem[] {
  const template = valueAt(experiment, 'spec', 'trialTemplate');
  const spec = valueAt(template, 'trialSpec');
  if (!isObject(spec)) return [problem('trial-spec-missing', TEMPLATE, 'trialSpec is missing')];
  if (!textOf(valueAt(template, 'primaryContainerName'))) {
    return [problem('primary-container-missing', TEMPLATE, 'primaryContainerName must be given')];
  }
  if (!Array.isArray(valueAt(template, 'trialParameters'))) {
    return [problem('trial-parameters-missing', PARAMETERS, 'trialParameters must be given')];
  }
  const searched = listOr(valueAt(experiment, 'spec', 'parameters')).map((entry) =>
    textOf(valueAt(entry, 'name')),
  );
  const { problems, text } = replaceAll(
    listOr(valueAt(template, 'trialParameters')),
    searched,
    templateText(spec),
  );
  const left = text.match(/\$\{trialParameters\..+?\}/g) ?? [];
  return [
    ...validateConditions(template, spec),
    ...problems,
    ...[...new Set(left)].map((each) => {
      return problem('placeholder-undeclared', `${TEMPLATE}/trialSpec`, `${each} is no trial parameter`);
    }),
    ...validateObject(text),
  ];
}

/** Kinds for whose jobs Katib fills in when they have succeeded or failed. Source: `experiment_defaults.go`. */
const DEFAULTED = ['Job', 'TFJob', 'PyTorchJob', 'XGBoostJob', 'MPIJob', 'TrainJob'];

function validateConditions(template: unknown, spec: JsonObject): readonly Problem[] {
  if (typeof spec.kind !== 'string' || DEFAULTED.includes(spec.kind)) return [];
  const missing = ['successCondition', 'failureCondition'].filter((name) => !textOf(valueAt(template, name)));
  return missing.map((name) =>
    problem('condition-missing', TEMPLATE, `${name} must be given for a ${spec.kind}`),
  );
}

function replaceAll(parameters: readonly unknown[], searched: readonly unknown[], template: string) {
  const problems: Problem[] = [];
  const names = new Set<string>();
  const references = new Set<string>();
  let text = template;
  for (const [index, parameter] of parameters.entries()) {
    const at = pointerTo(PARAMETERS, index);
    const name = textOf(valueAt(parameter, 'name')) ?? '';
    const reference = textOf(valueAt(parameter, 'reference')) ?? '';
    if (name === '' || reference === '' || /[{}]/.test(name)) {
      problems.push(
        problem('parameter-incomplete', at, 'name and reference must be given, the name without braces'),
      );
    } else if (names.has(name)) {
      problems.push(problem('parameter-name-twice', at, `the name ${name} is used twice`));
    } else if (references.has(reference)) {
      problems.push(problem('parameter-reference-twice', at, `the reference ${reference} is used twice`));
    } else {
      names.add(name);
      references.add(reference);
      if (searched.length > 0 && !isMeta(reference) && !searched.includes(reference)) {
        problems.push(
          problem('reference-unknown', at, `the reference ${reference} is no parameter of the search`),
        );
      }
      if (!text.includes(placeholder(name))) {
        problems.push(problem('parameter-unused', at, `${placeholder(name)} is nowhere in the template`));
      }
      text = text.replaceAll(placeholder(name), 'test-value');
    }
  }
  return { problems, text };
}

function validateObject(text: string): readonly Problem[] {
  const at = `${TEMPLATE}/trialSpec`;
  const object = parse(text);
  if (!object)
    return [problem('template-not-json', at, 'the template is no JSON once its parameters have values')];
  const named = valueAt(object, 'metadata', 'name') || valueAt(object, 'metadata', 'namespace');
  return [
    ...(named
      ? [problem('template-named', at, 'metadata.name and metadata.namespace must be left out')]
      : []),
    ...(object.apiVersion && object.kind
      ? []
      : [problem('kind-missing', at, 'apiVersion and kind must be given')]),
    ...validateJob(object, at),
  ];
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMeta(reference: string): boolean {
  const key = /\$\{trialSpec\.(.+?)\}/.exec(reference)?.[1];
  return key !== undefined && META_KEYS.includes(/^(.+)\[(.+)\]/.exec(key)?.[1] ?? key);
}

function problem(rule: string, pointer: string, message: string): Problem {
  return { rule, pointer, message };
}
