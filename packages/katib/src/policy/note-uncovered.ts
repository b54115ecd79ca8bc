import { type Diagnostic, diagnose, type ScriptsReport } from '../diagnostics/diagnose.ts';
import type { Way } from './choices.ts';
import { letItShow, OBJECTIVE } from './decide-after.ts';

const nameIt = "Have a line of the container's output name it, in a form that a filter reads.";
const ADDITIONAL = '/spec/objective/additionalMetricNames';

/** Wanted metrics that nothing writes, as warnings: their trials would be `MetricsUnavailable`, or lack them. */
export function noteUncovered({ metrics, scripts }: ScriptsReport, way: Way): readonly Diagnostic[] {
  const statements = scripts.flatMap((script) => script.statements);
  const isHidden = (name: string): boolean =>
    statements.some(({ hidden, metrics }) => hidden && metrics.some((one) => one.name === name));
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
        ...(isHidden(name) ? { hint: letItShow } : way === 'container' ? { hint: nameIt } : {}),
      });
    });
}
