import { readPointer, valueAt } from './json-pointer.ts';
import type { Operation } from './operation.ts';
import { sameValue } from './same-value.ts';

/**
 * Breaks one operation into the smallest ones with the same effect: an object that replaces another becomes changes of
 * single fields, so that comments and order of what stays the same survive. `test` gives nothing.
 */
export function refineOperation(document: unknown, operation: Operation): readonly Operation[] {
  if (operation.op === 'test') return [];
  const before = valueAt(document, readPointer(operation.path));
  if (operation.op === 'replace') return [...difference(before, operation.value, operation.path)];
  // RFC 6902: to add a field that is there already is to replace it. (In an array it inserts.)
  const parent = valueAt(document, readPointer(operation.path).slice(0, -1));
  if (operation.op === 'add' && before !== undefined && !Array.isArray(parent)) {
    return [...difference(before, operation.value, operation.path)];
  }
  return [operation];
}

function* difference(before: unknown, after: unknown, path: string): Generator<Operation> {
  if (sameValue(before, after)) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) yield { op: 'remove', path: `${path}/${escapePart(key)}` };
    }
    for (const [key, value] of Object.entries(after)) {
      const at = `${path}/${escapePart(key)}`;
      if (Object.hasOwn(before, key)) yield* difference(before[key], value, at);
      else yield { op: 'add', path: at, value };
    }
  } else if (Array.isArray(before) && Array.isArray(after) && before.length <= after.length) {
    for (const [i, value] of after.entries()) {
      if (i < before.length) yield* difference(before[i], value, `${path}/${i}`);
      else yield { op: 'add', path: `${path}/-`, value };
    }
  } else {
    yield { op: 'replace', path, value: after };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
