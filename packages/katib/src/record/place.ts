import { isRecord, pointerOf, tokensOf, valueAt } from '../json-pointer.ts';
import { recordAnnotation } from '../policy/choices.ts';
import type { ChangeRecord, Insertions, RecordedChange, Trace } from './record.ts';

/** One place of an Experiment that was changed: a leaf, or a whole item of a list. */
export interface Place {
  /** Of the rewritten Experiment. The last token is an index where the place is an item of a list. */
  readonly path: readonly string[];
  /** The item's name; absent for what is no named item of a list. */
  readonly name?: string;
  /** Hash of the value before; `null` where there was none. */
  readonly before: string | null;
  /** Hash of the value after. */
  readonly after: string;
  /** How many tokens of the path lead to what was made as a whole with it: a list, an object; absent where nothing was. */
  readonly whole?: number;
  /** What leads back to the value before; absent where nothing is known of it. */
  readonly trace?: Trace;
}

/**
 * Where a record may point: into the parts of the spec that Katib lets nobody change. So even a forged record could
 * do no more than keep something there as it is.
 */
const areas = ['/spec/trialTemplate/', '/spec/metricsCollectorSpec/', '/spec/objective/'];

/** Places that a record may have. A rewrite changes some ten; each of them is looked for when an update comes. */
const mostPlaces = 100;

/** The record that an Experiment carries, as text; absent where there is none. */
export function recordTextOf(experiment: unknown): unknown {
  return valueAt(experiment, ['metadata', 'annotations', recordAnnotation]);
}

/** The places of a record; `undefined` where the text is no record at all. */
export function readRecord(text: unknown): readonly Place[] | undefined {
  const record = parse(text);
  return isRecord(record) ? placesIn(record) : undefined;
}

/** The places that a record names, as far as a record may name them. */
export function placesIn(record: Readonly<Record<string, unknown>>): readonly Place[] {
  return Object.entries(record)
    .flatMap(([pointer, change]) => placesOf(pointer, change))
    .filter(({ path }) => areas.some((area) => pointerOf(path).startsWith(area)))
    .slice(0, mostPlaces);
}

/** A record with one entry for each place. */
export function recordOf(places: readonly Place[]): ChangeRecord {
  const record = new Map<string, RecordedChange>();
  for (const { path, before, after, name, trace } of places) {
    const list = path.slice(0, -1);
    let index = Number(path.at(-1));
    // Named items are found by name; two that had one index at different times need two pointers.
    while (name !== undefined && record.has(pointerOf([...list, index]))) index++;
    if (trace) record.set(pointerOf(path), [before, after, null, trace]);
    else if (name === undefined) record.set(pointerOf(path), [before, after]);
    else record.set(pointerOf([...list, index]), [before, after, name]);
  }
  return Object.fromEntries(record);
}

/** What tells two places apart, wherever a named item stands in its list. */
export function keyOf({ path, name }: Place): string {
  return name === undefined ? pointerOf(path) : `${pointerOf(path.slice(0, -1))} ${name}`;
}

/** Whether a value is what was there before. Katib and its clients write nothing, null and its default for the same. */
export function isBefore(place: Place, value: unknown, hash: (value: unknown) => string): boolean {
  const kinds = pointerOf(place.path) === '/spec/metricsCollectorSpec/collector/kind' ? defaultKinds : absent;
  if (kinds.includes(value) && (place.before === null || kinds.some((kind) => hash(kind) === place.before)))
    return true;
  return value !== undefined && hash(value) === place.before;
}

const absent: readonly unknown[] = [undefined, null];
/** Katib's defaulter fills in StdOut. */
const defaultKinds: readonly unknown[] = [...absent, '', 'StdOut'];

function placesOf(pointer: string, change: unknown): readonly Place[] {
  if (!Array.isArray(change)) return [];
  const [before, after, name, trace] = change as readonly unknown[];
  if ((before !== null && typeof before !== 'string') || !pointer.startsWith('/')) return [];
  const path = tokensOf(pointer);
  if (typeof after === 'string')
    return [
      {
        path,
        before,
        after,
        ...(typeof name === 'string' ? { name } : {}),
        ...(areInsertions(trace) || areWords(trace) ? { trace } : {}),
      },
    ];
  if (!isRecord(after)) return [];
  return Object.entries(after).flatMap(([part, hash], index) => {
    if (typeof hash !== 'string') return [];
    const place = { before: null, after: hash, whole: path.length };
    if (part.startsWith('/')) return [{ ...place, path: [...path, ...tokensOf(part)] }];
    return [{ ...place, path: [...path, String(index)], name: part }];
  });
}

function areWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');
}

/** Pairs of a position and a length, ascending. */
function areInsertions(value: unknown): value is Insertions {
  if (!Array.isArray(value) || value.length % 2 !== 0) return false;
  let end = 0;
  return value.every((number: unknown, index) => {
    if (!Number.isSafeInteger(number) || (number as number) < (index % 2 === 0 ? end : 0)) return false;
    end = index % 2 === 0 ? (number as number) : end + (number as number);
    return true;
  });
}

function parse(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
