import { isObject, listOr, objectOr, pointerTo, textOf, valueAt } from '../json/read-json.ts';
import type { Problem } from './problem.ts';

/** Bytes of one argument or `NAME=value`, its final NUL included (Linux, `MAX_ARG_STRLEN`). */
const MOST_ARGUMENT_BYTES = 128 * 1024;
/** Bytes of one request in etcd, which holds the object as JSON. */
const MOST_OBJECT_BYTES = 1.5 * 1024 * 1024;
/** Bytes of all annotations, names and values. */
const MOST_ANNOTATION_BYTES = 256 * 1024;

/**
 * Whether an Experiment and the containers of its template stay within the limits of Kubernetes and Linux. Arguments
 * and variables are measured after the kubelet's `$$` has become `$`; placeholders count as they stand.
 */
export function validateSizes(experiment: unknown): readonly Problem[] {
  const annotations = Object.entries(objectOr(valueAt(experiment, 'metadata', 'annotations')));
  const annotationBytes = annotations.reduce(
    (sum, [name, value]) => sum + bytes(name) + bytes(String(value)),
    0,
  );
  return [
    ...limit(
      'object-too-large',
      '',
      'the object',
      bytes(JSON.stringify(experiment) ?? ''),
      MOST_OBJECT_BYTES,
    ),
    ...limit(
      'annotations-too-large',
      '/metadata/annotations',
      'annotations',
      annotationBytes,
      MOST_ANNOTATION_BYTES,
    ),
    ...validateStrings(
      valueAt(experiment, 'spec', 'trialTemplate', 'trialSpec'),
      '/spec/trialTemplate/trialSpec',
    ),
  ];
}

function validateStrings(value: unknown, pointer: string): readonly Problem[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => validateStrings(item, pointerTo(pointer, index)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const at = pointerTo(pointer, field);
    if (field === 'command' || field === 'args')
      return listOr(inner).flatMap((word, index) => argument(word, pointerTo(at, index)));
    if (field === 'env')
      return listOr(inner).flatMap((entry, index) => variable(entry, pointerTo(at, index)));
    return validateStrings(inner, at);
  });
}

function argument(word: unknown, pointer: string): readonly Problem[] {
  return limit(
    'argument-too-large',
    pointer,
    'the argument',
    started(textOf(word) ?? '') + 1,
    MOST_ARGUMENT_BYTES,
  );
}

function variable(entry: unknown, pointer: string): readonly Problem[] {
  const name = textOf(valueAt(entry, 'name')) ?? '';
  const size = bytes(name) + 1 + started(textOf(valueAt(entry, 'value')) ?? '') + 1;
  return limit('variable-too-large', pointer, `the variable ${name}`, size, MOST_ARGUMENT_BYTES);
}

function started(text: string): number {
  return bytes(text.replaceAll('$$', '$'));
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

function limit(rule: string, pointer: string, what: string, size: number, most: number): readonly Problem[] {
  return size <= most ? [] : [{ rule, pointer, message: `${what} holds ${size} bytes; ${most} are allowed` }];
}
