import { pointerOf, valueAt } from '../json-pointer.ts';
import type { PatchOperation } from '../patch.ts';
import { annotationPrefix, labelsAnnotation, outcomeAnnotation, rewriteLabel } from '../policy/choices.ts';
import { captureLabels } from '../record/own-labels.ts';
import { recordTextOf } from '../record/place.ts';
import { copyEntries } from './restore-annotations.ts';

const labelsPath = ['metadata', 'labels'];
const outcomePath = ['metadata', 'annotations', outcomeAnnotation];
const notedPath = ['metadata', 'annotations', labelsAnnotation];

/** Whether an Experiment takes the push back: Trials that are made from now on are left alone. */
export function isTurnedOff(experiment: unknown): boolean {
  const said = (name: string) => valueAt(experiment, ['metadata', 'annotations', annotationPrefix + name]);
  const isLabelled = valueAt(experiment, [...labelsPath, rewriteLabel]) === 'disabled';
  return isLabelled || said('rewrite') === 'disabled' || said('capture') === 'off';
}

/** Whether the labels of an Experiment come of its review: the outcome says that something was done, and not to its spec. */
export function hasOwnLabels(experiment: unknown): boolean {
  const outcome = valueAt(experiment, outcomePath);
  const isDone = typeof outcome === 'string' && /^(?:rewritten|container)\b/.test(outcome);
  return isDone && recordTextOf(experiment) === undefined;
}

/**
 * The labels that carry our decision to the Trials: one that an update merely lost comes back, from the stored Experiment;
 * where the user takes the push back, they go. Labels that somebody set by hand are theirs.
 */
export function restoreLabels(stored: unknown, given: unknown): readonly PatchOperation[] {
  if (isTurnedOff(given))
    return [outcomePath, notedPath, ...captureLabels.map((name) => [...labelsPath, name])]
      .filter((path) => valueAt(given, path) !== undefined)
      .map((path) => ({ op: 'remove', path: pointerOf(path) }));
  if (!hasOwnLabels(stored)) return [];
  const missing = captureLabels.filter((name) => valueAt(given, [...labelsPath, name]) === undefined);
  return copyEntries(stored, given, labelsPath, missing);
}
