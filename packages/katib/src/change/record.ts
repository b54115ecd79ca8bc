import { createHash } from 'node:crypto';
import { valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';

/** What was changed at each JSON pointer: hashes of the value before (`null` if it was absent) and after. */
export type ChangeRecord = Readonly<Record<string, readonly [before: string | null, after: string]>>;

/** A short hash of a JSON value, the same for every order of keys. */
export function hashValue(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

/** The record of a patch against `root`. */
export function recordChanges(root: unknown, patch: readonly PatchOperation[]): ChangeRecord {
  return Object.fromEntries(
    patch.map(({ path, value }) => {
      const before = valueAt(root, tokensOf(path));
      return [path, [before === undefined ? null : hashValue(before), hashValue(value)] as const];
    }),
  );
}

function tokensOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
