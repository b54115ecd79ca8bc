import { nearMatch } from '@katib-push/core';
import { isPush } from '../collector.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { isRecord, pointerOf, valueAt } from '../json-pointer.ts';
import type { Experiment } from '../read-experiment.ts';
import {
  annotationPrefix,
  annotations,
  type ChoiceName,
  choices,
  labels,
  oldCoverage,
  type Way,
} from './choices.ts';

/** Annotations and labels that look as if they were meant for us, and say nothing as they stand; and values of old. */
export function findMisnamed(experiment: Experiment): readonly Diagnostic[] {
  return [
    ...Object.keys(experiment.annotations).flatMap((key) =>
      misnamed('annotation', key, Object.keys(annotations), Object.keys(choices)),
    ),
    ...Object.keys(experiment.labels).flatMap((key) =>
      misnamed('label', key, Object.keys(labels), ['rewrite', 'capture', 'deliver']),
    ),
    ...misplaced(experiment),
    ...inTemplate(experiment),
    ...outdated(experiment),
    ...inferredForNobody(experiment),
  ];
}

function misnamed(
  kind: 'annotation' | 'label',
  key: string,
  names: readonly string[],
  words: readonly string[],
): readonly Diagnostic[] {
  const [prefix = '', name] = key.split('/', 2);
  const isOurs =
    /katib[-_.]?push/i.test(key) ||
    (name !== undefined && nearMatch(`${prefix}/`, [annotationPrefix]) !== '');
  if (!isOurs || names.some((one) => key === annotationPrefix + one)) return [];
  // the prefix is the same in all: what follows it tells them apart
  const near = nearMatch(name ?? key.replace(/^.*push(?:\.io)?[-_.]?/i, ''), words);
  const meant = near.replace('mean ', `mean ${annotationPrefix}`) || `; there are ${words.join(', ')}.`;
  return [sayNothing(['metadata', `${kind}s`, key], `The ${kind} ${key} says nothing${meant || '.'}`)];
}

function sayNothing(path: readonly (string | number)[], message: string, hint?: string): Diagnostic {
  return diagnose('unknown-annotation', message, {
    pointer: pointerOf(path),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The namespace's label on an Experiment, where only `disabled` means something. */
function misplaced({ labels: given, annotations: said }: Experiment): readonly Diagnostic[] {
  const key = `${annotationPrefix}rewrite`;
  const value = given[key];
  if (value === undefined || value === 'disabled' || value === said[key]) return [];
  return [
    sayNothing(
      ['metadata', 'labels', key],
      `The label ${key} of an Experiment asks for nothing: it is the namespace's.`,
      `Set the annotation ${key}: ${value} on the Experiment.`,
    ),
  ];
}

/** Annotations of ours in the trial's template, where nothing reads them: of the job, or of its pods. */
function inTemplate({ trialSpec, subject }: Experiment): readonly Diagnostic[] {
  const places = [[], ['spec', 'template']].map((path) => [...path, 'metadata', 'annotations']);
  return places.flatMap((path) => {
    const given = valueAt(trialSpec, path);
    const keys = isRecord(given) ? Object.keys(given) : [];
    return keys
      .filter((key) => Object.keys(choices).some((name) => key === annotationPrefix + name))
      .map((key) =>
        sayNothing(
          [...subject.job, ...path, key],
          `The annotation ${key} says nothing in the trial's template.`,
          'Set it on the Experiment itself, in metadata.annotations.',
        ),
      );
  });
}

/** Filters are inferred for trials that push: where Katib reads the output, only the manifest gives them. */
function inferredForNobody({ annotations: said, collector }: Experiment): readonly Diagnostic[] {
  const key = `${annotationPrefix}formats`;
  if (said[key] !== 'infer' || isPush(collector)) return [];
  return [
    sayNothing(
      ['metadata', 'annotations', key],
      `The annotation ${key}: infer says nothing where the collector is ${collector}: filters are inferred for Push alone.`,
      'Write the metricsFormat that katib-push dry-run proposes into the manifest.',
    ),
  ];
}

function outdated({ annotations: said }: Experiment): readonly Diagnostic[] {
  const key = `${annotationPrefix}coverage`;
  if (said[key] !== oldCoverage) return [];
  return [
    diagnose(
      'old-value',
      `The value ${oldCoverage} of ${key} is no more: output is taken, which reads every line.`,
      {
        pointer: pointerOf(['metadata', 'annotations', key]),
      },
    ),
  ];
}

/** What the user may say that means something on the other way alone, and what holds instead. */
const idle = {
  container: {
    output: ['all output is passed on'],
    coverage: ['all output is read'],
    delivery: ['no script holds a client'],
    formats: [
      'the spec stays as it is',
      'Write the metricsFormat that katib-push dry-run proposes into the manifest.',
    ],
  },
  source: {
    deliver: [
      'rows are handed on as they are read',
      'Remove it, or set katib-push.io/capture: container, on which rows can wait.',
    ],
  },
} as const satisfies Record<Way, Partial<Record<ChoiceName, readonly [holds: string, hint?: string]>>>;

/** Annotations and labels that mean nothing on the way that is taken. */
export function findIdle(experiment: Experiment, way: Way): readonly Diagnostic[] {
  const { collector } = experiment;
  return Object.entries<readonly [holds: string, hint?: string]>(idle[way]).flatMap(
    ([name, [holds, hint]]) => {
      const key = annotationPrefix + name;
      const kind = experiment.annotations[key] === undefined ? 'label' : 'annotation';
      const value = experiment[`${kind}s`][key];
      const isSaid = value !== undefined && value !== choices[name as ChoiceName].values[0];
      const isToldElsewhere = value === oldCoverage || (name === 'formats' && !isPush(collector));
      if (!isSaid || isToldElsewhere) return [];
      return [
        sayNothing(
          ['metadata', `${kind}s`, key],
          `The ${kind} ${key}: ${value} says nothing here: on the ${way} way ${holds}.`,
          hint ?? 'Remove it, or set katib-push.io/capture: source to have the statements rewritten.',
        ),
      ];
    },
  );
}
