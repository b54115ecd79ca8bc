import { isObject, type JsonObject, listOr, pointerTo, valueAt } from '../json/read-json.ts';
import type { Problem } from './problem.ts';

/** Fields of a container that a rewrite may touch, with what batch/v1 wants them to be. */
const LISTS_OF_STRINGS = ['command', 'args'];

/**
 * Whether a `Job` converts to batch/v1 without loss in the parts that a rewrite touches: command and args are lists of
 * strings, variables have a name, and a string or a source, and none of these lists is empty or null, which batch/v1 would
 * leave out. Other kinds are not checked, as in Katib.
 */
export function validateJob(job: JsonObject, pointer: string): readonly Problem[] {
  if (job.apiVersion !== 'batch/v1' || job.kind !== 'Job') return [];
  const pod = `${pointer}/spec/template/spec`;
  return ['initContainers', 'containers'].flatMap((field) =>
    listOr(valueAt(job, 'spec', 'template', 'spec', field)).flatMap((container, index) =>
      validateContainer(container, pointerTo(pointerTo(pod, field), index)),
    ),
  );
}

function validateContainer(container: unknown, pointer: string): readonly Problem[] {
  const words = LISTS_OF_STRINGS.flatMap((field) => {
    const value = valueAt(container, field);
    const isFit = value === undefined || value === null || (Array.isArray(value) && value.every(isString));
    return isFit ? [] : [problem(pointerTo(pointer, field), `${field} must be a list of strings`)];
  });
  const lost = [...LISTS_OF_STRINGS, 'env'].flatMap((field) => {
    const value = valueAt(container, field);
    const isLost = value === null || (Array.isArray(value) && value.length === 0);
    return isLost
      ? [problem(pointerTo(pointer, field), `${field} is empty, which a conversion loses: leave it out`)]
      : [];
  });
  const variables = listOr(valueAt(container, 'env')).flatMap((entry, index) => {
    const at = pointerTo(pointerTo(pointer, 'env'), index);
    if (!isObject(entry) || !isString(entry.name)) return [problem(at, 'a variable needs a name')];
    const isFit = entry.value === undefined || isString(entry.value);
    const unknown = Object.keys(entry).find((field) => !['name', 'value', 'valueFrom'].includes(field));
    return [
      ...(isFit ? [] : [problem(at, `the value of ${entry.name} must be a string: quote it`)]),
      ...(unknown === undefined ? [] : [problem(at, `batch/v1 has no field ${unknown} in a variable`)]),
    ];
  });
  return [...words, ...lost, ...variables];
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function problem(pointer: string, message: string): Problem {
  return { rule: 'job-not-convertible', pointer, message };
}
