import { isRecord, valueAt } from '../json-pointer.ts';
import { isBefore, type Place } from '../record/place.ts';
import { nameOf } from '../record/record.ts';
import type { Path } from './find-stored.ts';

/** Where a place of the stored Experiment is in the one that is given. */
export interface Given {
  /** The object or list that holds it, which may be missing itself. */
  readonly holder: Path;
  /** Its key or index there; absent for a named item that is not in the list. */
  readonly key?: string | number;
  /** Its value; `undefined` where there is none. */
  readonly value: unknown;
}

/**
 * Follows a path of the stored Experiment in the given one. Items of lists are matched by name where they have one, else
 * by index; a string that is not where it was is looked for by its hash.
 *
 * @returns `undefined` where something on the way is missing that is not ours to make
 */
export function findGiven(
  stored: unknown,
  given: unknown,
  path: Path,
  place: Place,
  hash: (value: unknown) => string,
): Given | undefined {
  const holder = holderOf(stored, given, path);
  if (!holder) return undefined;
  const last = path.at(-1) as string | number;
  const value = valueAt(given, holder);
  if (typeof last === 'string') {
    if (value !== undefined && value !== null && !isRecord(value)) return undefined;
    return { holder, key: last, value: valueAt(value, [last]) };
  }
  if (place.name === undefined)
    return findText(holder, value, last, (text) => isBefore(place, text, hash) || hash(text) === place.after);
  if (value === undefined || value === null) return { holder, value: undefined };
  if (!Array.isArray(value)) return undefined;
  const index = value.findIndex((item) => nameOf(item) === place.name);
  return index < 0 ? { holder, value: undefined } : { holder, key: index, value: value[index] };
}

function holderOf(stored: unknown, given: unknown, path: Path): Path | undefined {
  const found: (string | number)[] = [];
  for (const [depth, token] of path.slice(0, -1).entries()) {
    const inside = valueAt(given, found);
    if (typeof token === 'string') {
      if (!isRecord(inside) && !(isNothing(inside) && path.slice(0, depth).some(mayBeMade))) return undefined;
      if (isNothing(valueAt(inside, [token])) && !mayBeMade(token) && !path.slice(0, depth).some(mayBeMade))
        return undefined;
      found.push(token);
      continue;
    }
    const name = nameOf(valueAt(stored, path.slice(0, depth + 1)));
    if (!Array.isArray(inside)) return undefined;
    const index =
      name === undefined || nameOf(inside[token]) === name
        ? token
        : inside.findIndex((item) => nameOf(item) === name);
    if (!(index in inside)) return undefined;
    found.push(index);
  }
  return found;
}

/** What the rewrite makes where it is missing: the collector, labels, and lists of variables and parameters. */
function mayBeMade(token: string | number): boolean {
  return ['metricsCollectorSpec', 'metadata', 'labels', 'env', 'trialParameters'].includes(String(token));
}

function findText(
  holder: Path,
  list: unknown,
  index: number,
  isOurs: (text: unknown) => boolean,
): Given | undefined {
  if (!Array.isArray(list)) return undefined;
  const fits = (at: number) => typeof list[at] === 'string' && isOurs(list[at]);
  if (index in list && fits(index)) return { holder, key: index, value: list[index] };
  const others = [...list.keys()].filter(fits);
  const key = others.length === 1 ? (others[0] as number) : index;
  return { holder, key, value: list[key] };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
