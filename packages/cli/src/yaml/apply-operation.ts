import type { PatchOperation } from '@katib-push/katib';
import { tokensOf } from '@katib-push/katib/json-pointer';

/**
 * The value after one operation of a JSON Patch (RFC 6902). The input is not changed: what lies on the path is
 * copied, the rest is shared. Throws a RangeError where the operation does not apply.
 */
export function applyOperation(value: unknown, operation: PatchOperation): unknown {
  if (operation.op === 'test') return value;
  return change(value, tokensOf(operation.path), 0, operation);
}

function change(value: unknown, path: readonly string[], depth: number, operation: PatchOperation): unknown {
  if (depth === path.length) return operation.value;
  const part = path[depth] as string;
  const last = depth === path.length - 1;
  if (Array.isArray(value)) {
    const index = part === '-' ? value.length : Number(part);
    const limit = last && operation.op === 'add' ? value.length : value.length - 1;
    if (!Number.isInteger(index) || index < 0 || index > limit) throw missing(operation);
    if (last && operation.op === 'remove') return value.toSpliced(index, 1);
    if (last && operation.op === 'add') return value.toSpliced(index, 0, operation.value);
    return value.with(index, change(value[index], path, depth + 1, operation));
  }
  if (typeof value !== 'object' || value === null) throw missing(operation);
  const entries = value as Record<string, unknown>;
  if (!Object.hasOwn(entries, part) && !(last && operation.op === 'add')) throw missing(operation);
  if (last && operation.op === 'remove') {
    return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== part));
  }
  const changed = change(
    Object.hasOwn(entries, part) ? entries[part] : undefined,
    path,
    depth + 1,
    operation,
  );
  return Object.fromEntries([
    ...Object.entries(entries).filter(([key]) => key !== part || !last),
    [part, changed],
  ]);
}

function missing(operation: PatchOperation): RangeError {
  return new RangeError(`${operation.op} ${operation.path} does not apply to the document`);
}
