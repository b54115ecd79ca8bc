/**
 * A copy of a value with BigInts as numbers, where they fit, and shared parts no longer shared (an alias gives the
 * same object twice). The value must not contain itself.
 */
export function toPlainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toPlainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainNumbers(item)]));
}

/** Whether a value contains itself, as an alias within the node that it repeats makes it. */
export function containsItself(value: unknown, around: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (around.includes(value)) return true;
  const deeper = [...around, value];
  return Object.values(value).some((item) => containsItself(item, deeper));
}
