import type { PatchOperation } from '@katib-push/katib';
import { isRecord, pointerOf, tokensOf, valueAt } from '@katib-push/katib/json-pointer';
import { sameValue } from './same-value.ts';

/**
 * Breaks one operation into the smallest ones with the same effect: an object that replaces another becomes changes of
 * single fields, so that comments and order of what stays the same survive. `test` gives nothing.
 */
export function refineOperation(document: unknown, operation: PatchOperation): readonly PatchOperation[] {
  if (operation.op === 'test') return [];
  const before = valueAt(document, tokensOf(operation.path));
  if (operation.op === 'replace') return [...difference(before, operation.value, operation.path)];
  // RFC 6902: to add a field that is there already is to replace it. (In an array it inserts.)
  const parent = valueAt(document, tokensOf(operation.path).slice(0, -1));
  if (operation.op === 'add' && before !== undefined && !Array.isArray(parent)) {
    return [...difference(before, operation.value, operation.path)];
  }
  return [operation];
}

function* difference(before: unknown, after: unknown, path: string): Generator<PatchOperation> {
  if (sameValue(before, after)) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) yield { op: 'remove', path: path + pointerOf([key]) };
    }
    for (const [key, value] of Object.entries(after)) {
      const at = path + pointerOf([key]);
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
