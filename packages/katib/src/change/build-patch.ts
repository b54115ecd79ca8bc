import { isDeepStrictEqual } from 'node:util';
import jsonPatch from 'fast-json-patch';
import { isRecord, pointerOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';

/** Collects changes to one object and gives them as a minimal patch, each pointer once. */
export interface PatchBuilder {
  /** Sets the value at a path. Objects on the way are made where they are missing (as one `add`). */
  set(path: readonly (string | number)[], value: unknown): void;
  /** Appends to the list at a path; makes the list where it is missing. Returns the item's path. */
  append(path: readonly (string | number)[], value: unknown): void;
  build(): readonly PatchOperation[];
}

/** Starts a patch against `root`, which is never mutated. */
export function createPatch(root: unknown): PatchBuilder {
  const operations: PatchOperation[] = [];
  const appended = new Map<string, unknown[]>();
  const current = (path: readonly (string | number)[]): unknown => valueAt(root, path);

  return {
    set(path, value) {
      let depth = 0;
      while (depth < path.length - 1 && isContainer(current(path.slice(0, depth + 1)))) depth++;
      const missing = path.slice(depth + 1);
      const nested = missing.reduceRight<unknown>((inner, token) => ({ [token]: inner }), value);
      const target = path.slice(0, depth + 1);
      const before = current(target);
      if (isDeepStrictEqual(before, nested)) return;
      const earlier = operations.findIndex((operation) => operation.path === pointerOf(target));
      const pending = operations[earlier];
      if (pending && missing.length > 0 && isRecord(pending.value) && isRecord(nested)) {
        operations[earlier] = { ...pending, value: { ...pending.value, ...nested } };
        return;
      }
      operations.push({
        op: before === undefined ? 'add' : 'replace',
        path: pointerOf(target),
        value: nested,
      });
    },
    append(path, value) {
      const list = current(path);
      const pointer = pointerOf(path);
      if (Array.isArray(list)) {
        const added = appended.get(pointer) ?? [];
        operations.push({ op: 'add', path: `${pointer}/${list.length + added.length}`, value });
        appended.set(pointer, [...added, value]);
        return;
      }
      const index = operations.findIndex((operation) => operation.path === pointer);
      const pending = operations[index];
      if (pending) operations[index] = { ...pending, value: [...(pending.value as unknown[]), value] };
      else operations.push({ op: list === undefined ? 'add' : 'replace', path: pointer, value: [value] });
    },
    build: () => operations,
  };
}

function isContainer(value: unknown): boolean {
  return value !== null && typeof value === 'object';
}

/** The object after the patch; the given one is not touched. */
export function applyPatch(root: unknown, patch: readonly PatchOperation[]): unknown {
  const operations = patch as Parameters<typeof jsonPatch.applyPatch>[1];
  return jsonPatch.applyPatch(root, operations, false, false).newDocument;
}
