import { isDeepStrictEqual } from 'node:util';
import { validateExperiment } from '@katib-push/oracle';
import type { KubernetesObject } from './review.ts';

const editable = ['parallelTrialCount', 'maxTrialCount', 'maxFailedTrialCount'];

/**
 * A stand-in of Katib's validator: its rules about the template and the collector, and, on an update, that nothing but
 * the three counts differs from what is stored. Source: `validator.go`.
 *
 * @returns why it refuses; empty where it accepts
 */
export function validateAsKatib(
  object: KubernetesObject,
  oldObject: KubernetesObject | null,
): readonly string[] {
  const problems = validateExperiment(object).map(({ rule, message }) => `${rule}: ${message}`);
  if (oldObject === null || isDeepStrictEqual(fixedPart(object), fixedPart(oldObject))) return problems;
  return [...problems, `only spec.${editable.join(', spec.')} are editable`];
}

function fixedPart({ spec }: KubernetesObject): unknown {
  const fields = Object.entries((spec ?? {}) as object).filter(([name]) => !editable.includes(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(fields)));
}
