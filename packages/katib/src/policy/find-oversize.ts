import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { isRecord, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';

/** Bytes that one argument or `NAME=value` may have, its final NUL included. Source: Linux, `MAX_ARG_STRLEN`. */
const maxArgument = 128 * 1024;
/** Bytes that an object may have. Source: etcd's default request size, as the API server uses it. */
const maxObject = 1.5 * 1024 * 1024;
/** What is left of it for what the cluster adds: managed fields, status, and the time of deletion, without which it stays. */
const room = 64 * 1024;
/** Bytes that all annotations of an object may have, keys and values. Source: Kubernetes, `TotalAnnotationSizeLimitB`. */
const maxAnnotations = 256 * 1024;

/**
 * Why a rewritten Experiment could not be stored or its container not be started, or why it grew more than is wanted;
 * absent if all is well.
 */
export function findOversize(
  patch: readonly PatchOperation[],
  given: unknown,
  experiment: unknown,
  maxGrowth: number,
): Diagnostic | undefined {
  for (const { path, value } of patch) {
    for (const [name, text] of stringsOf(path, value)) {
      const bytes = byteLength(text) + (name === undefined ? 0 : byteLength(name) + 1) + 1;
      if (bytes <= maxArgument) continue;
      const what = name === undefined ? 'argument' : `variable ${name}`;
      return diagnose(
        'too-large',
        `The rewritten ${what} would have ${bytes} bytes; a process can be given ${maxArgument}.`,
        {
          pointer: path,
          hint: 'Make the script shorter, or move it into the image.',
        },
      );
    }
  }
  const bytes = byteLength(JSON.stringify(experiment));
  if (bytes > maxObject - room)
    return diagnose(
      'too-large',
      `The rewritten Experiment would have ${bytes} bytes; the API server takes ${maxObject}, of which ${room} stay free for its own fields.`,
    );
  const noted = annotationBytes(experiment);
  if (noted > maxAnnotations && noted > annotationBytes(given))
    return diagnose(
      'too-large',
      `With our record, the annotations would have ${noted} bytes; the API server takes ${maxAnnotations}.`,
      { pointer: '/metadata/annotations', hint: 'Make the annotations of the Experiment smaller.' },
    );
  const growth = bytes - byteLength(JSON.stringify(given));
  if (growth <= maxGrowth) return undefined;
  return diagnose('too-large', `The Experiment would grow by ${growth} bytes; the limit is ${maxGrowth}.`);
}

function annotationBytes(object: unknown): number {
  const annotations = valueAt(object, ['metadata', 'annotations']);
  if (!isRecord(annotations)) return 0;
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + byteLength(key) + byteLength(String(value)),
    0,
  );
}

/** The arguments and variables among the values of a patch; variables with their names. */
function stringsOf(
  path: string,
  value: unknown,
): readonly (readonly [name: string | undefined, text: string])[] {
  if (/\/(?:args|command)\/\d+$/.test(path) && typeof value === 'string') return [[undefined, value]];
  if (!/\/env(?:\/\d+)?$/.test(path)) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry) =>
    isRecord(entry) && typeof entry.name === 'string' && typeof entry.value === 'string'
      ? [[entry.name, entry.value] as const]
      : [],
  );
}

/** Bytes of a text in UTF-8. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
