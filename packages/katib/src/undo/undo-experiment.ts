import { applyPatch } from '../change/build-patch.ts';
import { isRecord, pointerOf, tokensOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { labelsAnnotation, outcomeAnnotation } from '../policy/choices.ts';
import { createHasher } from '../record/hash-value.ts';
import { ownLabels } from '../record/own-labels.ts';
import { readRecord, recordTextOf } from '../record/place.ts';
import { findStored, type Path } from '../restore/find-stored.ts';
import { removeAnnotations } from '../restore/restore-annotations.ts';
import { hasOwnLabels } from '../restore/restore-labels.ts';
import { valueBefore } from './value-before.ts';

/** An Experiment as it was before the rewrite, or why it can't be had. */
export interface Undone {
  /** The Experiment before the rewrite; the very object that was given where nothing is undone. */
  readonly experiment: unknown;
  /** From the given Experiment to the one before; empty where nothing is undone. */
  readonly patch: readonly PatchOperation[];
  /** What hinders; empty where everything was undone. One hindrance keeps all as it is: half a rewrite runs wrong. */
  readonly hindrances: readonly Hindrance[];
}

/** One place that can't be put back. */
export interface Hindrance {
  /** In the given Experiment; of the Experiment itself, empty. */
  readonly pointer: string;
  /** A clause, without a full stop. */
  readonly reason: string;
}

/**
 * Takes a rewrite back, of a manifest or of an Experiment as the API server stores it: what was inserted is taken out,
 * what was added is removed. The record in the annotation `katib-push.io/record` says what that is, and each value that is put
 * back has the hash that the record has of it, so that nothing else can come out.
 */
export function undoExperiment(experiment: unknown): Undone {
  const keep = (pointer: string, reason: string): Undone => ({
    experiment,
    patch: [],
    hindrances: [{ pointer, reason }],
  });
  const text = recordTextOf(experiment);
  if (text === undefined) {
    const patch = removals(experiment, labelsOf(experiment));
    return patch.length > 0
      ? { experiment: applyPatch(experiment, patch), patch, hindrances: [] }
      : keep('', 'it carries no record of a rewrite');
  }
  const places = readRecord(text);
  if (!places) return keep(pointerOf(['metadata', 'annotations']), 'its record of the rewrite is damaged');

  const hash = createHasher();
  const hindrances: Hindrance[] = [];
  const set: PatchOperation[] = [];
  const removed: Removal[] = [];
  for (const place of places) {
    const path = findStored(experiment, place, hash);
    const value = path && valueAt(experiment, path);
    if (!path || hash(value) !== place.after) {
      hindrances.push({ pointer: pointerOf(path ?? place.path), reason: 'it was changed since the rewrite' });
      continue;
    }
    const before = valueBefore(place, value, hash);
    if (before.kind === 'nothing') removed.push({ path, whole: place.whole ?? path.length });
    else if (before.kind === 'value') set.push({ op: 'replace', path: pointerOf(path), value: before.value });
    else hindrances.push({ pointer: pointerOf(path), reason: before.reason });
  }
  if (hindrances.length > 0) return { experiment, patch: [], hindrances };
  for (const { path } of removeAnnotations(experiment)) removed.push({ path: tokensOf(path), whole: 2 });
  removed.push(...labelsOf(experiment));
  const patch = [...set, ...removals(experiment, removed)];
  return { experiment: applyPatch(experiment, patch), patch, hindrances };
}

/** Our labels of an Experiment whose Trials are captured, and the annotations that go with them; none of another. */
function labelsOf(experiment: unknown): readonly Removal[] {
  const outcome = ['metadata', 'annotations', outcomeAnnotation];
  if (valueAt(experiment, outcome) === undefined) return [];
  const names = hasOwnLabels(experiment) ? ownLabels(experiment) : [];
  const noted = ['metadata', 'annotations', labelsAnnotation];
  return [outcome, noted, ...names.map((name) => ['metadata', 'labels', name])]
    .filter((path) => valueAt(experiment, path) !== undefined)
    .map((path) => ({ path, whole: 2 }));
}

/** A value that the rewrite added. What holds it goes with it where that was added, too, and holds nothing else. */
interface Removal {
  readonly path: Path;
  /** How many tokens of the path lead to the outermost holder that may go. */
  readonly whole: number;
}

/** Removes values, the last first, so that no index moves. */
function removals(experiment: unknown, values: readonly Removal[]): readonly PatchOperation[] {
  const gone = new Set(values.map(({ path }) => pointerOf(path)));
  for (const { path, whole } of values) {
    for (let depth = path.length - 1; depth >= whole; depth--) {
      const holder = path.slice(0, depth);
      const inner = valueAt(experiment, holder);
      const keys = Array.isArray(inner) ? [...inner.keys()] : isRecord(inner) ? Object.keys(inner) : [];
      if (!keys.every((key) => gone.has(pointerOf([...holder, key])))) break;
      gone.add(pointerOf(holder));
    }
  }
  return [...gone]
    .filter((pointer) => !gone.has(pointerOf(tokensOf(pointer).slice(0, -1))))
    .sort((a, b) => compareTokens(tokensOf(b), tokensOf(a)))
    .map((path) => ({ op: 'remove', path }));
}

function compareTokens(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((token, index) => token !== b[index]);
  if (at < 0 || at >= b.length) return a.length - b.length;
  const [one, other] = [a[at] as string, b[at] as string];
  return /^\d+$/.test(one) && /^\d+$/.test(other) ? Number(one) - Number(other) : one < other ? -1 : 1;
}
