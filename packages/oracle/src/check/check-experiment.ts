import { valueAt } from '../json/read-json.ts';
import { checkChanges } from './check-changes.ts';
import type { Problem } from './problem.ts';
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

const KINDS = ['StdOut', 'File', 'TensorFlowEvent', 'Custom'];

/**
 * Whether Katib knows the collector's kind. An absent one is StdOut. Katib's own configuration names no collector for
 * PrometheusMetric, so it refuses that kind until an administrator has added one.
 *
 * @param legacy Katib before 0.18, which calls the push `None`
 */
function validateCollector(experiment: unknown, legacy: boolean): readonly Problem[] {
  const kind = valueAt(experiment, 'spec', 'metricsCollectorSpec', 'collector', 'kind') ?? 'StdOut';
  const known = [...KINDS, legacy ? 'None' : 'Push'];
  if (typeof kind === 'string' && known.includes(kind)) return [];
  const message = `the collector kind ${JSON.stringify(kind)} is none of ${known.join(', ')}`;
  return [{ rule: 'collector-kind', pointer: '/spec/metricsCollectorSpec/collector/kind', message }];
}
