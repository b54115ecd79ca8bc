import { type Diagnostic, diagnose, type ScriptsReport } from '../diagnostics/diagnose.ts';
import type { Way } from './choices.ts';
import { OBJECTIVE } from './decide-after.ts';

const ADDITIONAL = '/spec/objective/additionalMetricNames';

/** Wanted metrics that nothing writes, as warnings: their trials would be `MetricsUnavailable`, or lack them. */
export function noteUncovered({ metrics }: ScriptsReport, way: Way): readonly Diagnostic[] {
  return metrics
    .filter(({ covered }) => covered === 'no')
    .map(({ name, reason, objective }) => {
      const message =
        way === 'source'
          ? `The metric ${name} has no rewritten source: ${reason}.`
          : `No ${name} would be found in the output: ${reason}.`;
      return diagnose('metric-not-covered', message, {
        metric: name,
        pointer: objective ? OBJECTIVE : ADDITIONAL,
        ...(way === 'container'
          ? { hint: "Have a line of the container's output name it, in a form that a filter reads." }
          : {}),
      });
    });
}
