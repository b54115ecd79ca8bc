import { isRecord, pointerOf, tokensOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { hashValue } from './hash-value.ts';

/**
 * What was changed at one pointer: hashes of the value before (`null` if there was none) and after. What was made as a
 * whole has a hash for each of its parts instead: a list's items by their names, an object's leaves by their pointers in
 * it. An item that was added to a list, or replaced in it, is followed by its name.
 */
export type RecordedChange = readonly [
  before: string | null,
  after: string | Readonly<Record<string, string>>,
  name?: string | null,
  trace?: Trace,
];

/** What leads back to the value before, where the value after does not tell it by itself. */
export type Trace = Insertions | readonly string[];

/**
 * Where text was inserted into a string: position and length in the string after, in UTF-16 units, ascending:
 * `[0, 13, 40, 1]`. Taken out, they leave the string before.
 */
export type Insertions = readonly number[];

/**
 * What was changed, by JSON pointer in the rewritten Experiment. This is the annotation `katib-push.io/record`; records
 * stay in clusters for as long as Experiments do, so later versions have to read what earlier ones wrote. A change of
 * another shape is passed over: traces came later, and earlier versions do not look at them.
 */
export type ChangeRecord = Readonly<Record<string, RecordedChange>>;

/**
 * The record of a patch against `root`.
 *
 * @param traces by JSON pointer: insertions of strings that were edited, words of lists that were joined
 */
export function recordChanges(
  root: unknown,
  patch: readonly PatchOperation[],
  traces: ReadonlyMap<string, Trace> = new Map(),
): ChangeRecord {
  return Object.fromEntries(
    patch.map(({ path, value }) => {
      const tokens = tokensOf(path);
      const before = valueAt(root, tokens);
      const old = before === undefined ? null : hashValue(before);
      const parts = before === undefined || before === null ? partsOf(value) : undefined;
      if (parts) return [path, [old, parts] as const];
      const trace = traces.get(path) ?? (isUsersWord.test(path) ? textsOf(before) : undefined);
      if (trace && old !== null) return [path, [old, hashValue(value), null, trace] as const];
      const name = Array.isArray(valueAt(root, tokens.slice(0, -1))) ? nameOf(value) : undefined;
      const after = hashValue(value);
      return [path, name === undefined ? ([old, after] as const) : ([old, after, name] as const)];
    }),
  );
}

/** Names of metrics and filters: short texts of the user's, which no value after tells. */
const isUsersWord = /^\/spec\/(?:objective|metricsCollectorSpec\/source)\//;

/** A text, or a list of texts, as words; undefined for any other value. */
function textsOf(value: unknown): readonly string[] | undefined {
  const words: readonly unknown[] = Array.isArray(value) ? value : [value];
  return words.length > 0 && words.every((word) => typeof word === 'string') ? words : undefined;
}

/** The hashes of the parts of something made as a whole; none for a string or an item with a name of its own. */
function partsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (Array.isArray(value)) {
    const named = value.flatMap((item) => nameOf(item) ?? []);
    if (named.length < value.length || value.length === 0) return undefined;
    return Object.fromEntries(value.map((item, index) => [named[index], hashValue(item)]));
  }
  if (!isRecord(value) || nameOf(value) !== undefined) return undefined;
  return Object.fromEntries(leavesOf(value, []));
}

function leavesOf(value: unknown, path: readonly string[]): readonly (readonly [string, string])[] {
  if (!isRecord(value)) return [[pointerOf(path), hashValue(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** The name that tells an item of a list from the others: variables, trial parameters and containers have one. */
export function nameOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item.name === 'string' ? item.name : undefined;
}
