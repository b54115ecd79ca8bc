import { checkChanges } from './check-changes.ts';
import type { Problem } from './problem.ts';
import { validateCollector } from './validate-collector.ts';
import { validateSizes } from './validate-sizes.ts';
import { validateTemplate } from './validate-template.ts';

export interface CheckOptions {
  /** Katib before 0.18: the push is called `None` there. Default false. */
  readonly legacy?: boolean | undefined;
}

/** What Katib's validator, Kubernetes or Linux would refuse about an Experiment, as far as a rewrite can touch it. */
export function validateExperiment(experiment: unknown, options: CheckOptions = {}): readonly Problem[] {
  return [
    ...validateTemplate(experiment),
    ...validateCollector(experiment, options.legacy ?? false),
    ...validateSizes(experiment),
  ];
}

/**
 * What is wrong with a rewritten Experiment: rules that it breaks and the original does not, and changes to which a
 * rewrite has no right. Empty if all is well.
 */
export function checkExperiment(
  original: unknown,
  rewritten: unknown,
  options: CheckOptions = {},
): readonly Problem[] {
  const inherited = new Set(validateExperiment(original, options).map(keyOf));
  const introduced = validateExperiment(rewritten, options).filter(
    (problem) => !inherited.has(keyOf(problem)),
  );
  return [...introduced, ...checkChanges(original, rewritten)];
}

function keyOf({ rule, pointer }: Problem): string {
  return `${rule} ${pointer}`;
}
