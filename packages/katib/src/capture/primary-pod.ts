import type { Variable } from '../change/set-variables.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import { completionIndexLabel } from '../locate/match-labels.ts';
import type { Experiment } from '../read-experiment.ts';

/**
 * The labels that a pod must have to be the one that Katib reads, where its template does not settle it: it may serve
 * several pods, and controllers add labels of their own. Empty where every pod of the template is the one.
 */
export function undecidedLabels(
  { primaryPodLabels }: Experiment,
  { podLabels, completionIndex }: PrimaryContainer,
): Readonly<Record<string, string>> {
  const open = Object.entries(primaryPodLabels).filter(([key, value]) => podLabels[key] !== value);
  const labels = Object.fromEntries(open);
  return completionIndex === undefined
    ? labels
    : { ...labels, [completionIndexLabel]: String(completionIndex) };
}

/**
 * The variables by which the shim knows in which pod it is: the wanted labels, pairs in JSON, and each label's actual
 * value, in the same order. The completion index has a variable already.
 */
export function primaryPodVariables(labels: Readonly<Record<string, string>>): readonly Variable[] {
  const keys = Object.keys(labels);
  if (keys.length === 0) return [];
  return [
    { name: 'KATIB_PUSH_POD_LABELS', value: JSON.stringify(Object.entries(labels)) },
    ...keys.flatMap((key, index) =>
      key === completionIndexLabel
        ? []
        : [
            {
              name: `KATIB_PUSH_LABEL_${index}`,
              valueFrom: { fieldRef: { fieldPath: `metadata.labels['${key}']` } },
            },
          ],
    ),
  ];
}
