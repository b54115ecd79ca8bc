import { valueAt } from '../json-pointer.ts';
import {
  algorithmLabel,
  annotationPrefix,
  captureLabel,
  deliverLabel,
  labelsAnnotation,
} from '../policy/choices.ts';

/** The labels by which an Experiment has its Trials captured. */
export const captureLabels = [captureLabel, algorithmLabel, deliverLabel] as const;

const path = ['metadata', 'annotations', labelsAnnotation];

/** Which labels of an Experiment are ours, as the annotation keeps it: those that were noted before, and those that are new. */
export function noteLabels(given: unknown, labelled: unknown): string {
  const noted = captureLabels.filter((name) => {
    const before = labelOf(given, name);
    return labelOf(labelled, name) !== before || isNoted(given, name, before);
  });
  return noted
    .map((name) => `${name.slice(annotationPrefix.length)}=${String(labelOf(labelled, name))}`)
    .join(',');
}

/** The labels that were set by us and are as they were; all of them where nothing is noted. */
export function ownLabels(experiment: unknown): readonly string[] {
  if (typeof valueAt(experiment, path) !== 'string') return captureLabels;
  return captureLabels.filter((name) => isNoted(experiment, name, labelOf(experiment, name)));
}

function isNoted(experiment: unknown, name: string, value: unknown): boolean {
  const noted = valueAt(experiment, path);
  const entry = `${name.slice(annotationPrefix.length)}=${String(value)}`;
  return typeof noted === 'string' && noted.split(',').includes(entry);
}

function labelOf(experiment: unknown, name: string): unknown {
  return valueAt(experiment, ['metadata', 'labels', name]);
}
