import { type Diagnostic, diagnose } from '../diagnostics/diagnostic.ts';
import type { Filters } from '../match/filters.ts';
import { findUnread } from './find-unread.ts';
import type { FormatsReport, MetricReport } from './report.ts';

/**
 * One diagnostic for each wanted metric that is printed and not read, in the order wanted.
 *
 * @param metrics whether another statement may write it in a form that is read
 */
export function diagnoseFormats(
  formats: FormatsReport,
  filters: Filters,
  metrics: readonly MetricReport[],
): readonly Diagnostic[] {
  const byDefault = filters.portable === null;
  return filters.metrics.flatMap((name, index) => {
    const found = findUnread(name, formats, byDefault);
    if (!found) return [];
    const [place] = found.where;
    const what = index === 0 ? 'The objective metric' : 'The metric';
    // Katib's own word for such a trial.
    const isOpen = found.assumed || metrics[index]?.covered === 'possibly';
    const isNot = isOpen ? 'may not be read' : 'is not read';
    const then = index === 0 && !isOpen ? ', so that each trial would be MetricsUnavailable' : '';
    const details = place ? { script: place.script, line: place.line } : {};
    const hint = hintFor(name, index === 0, found, formats, byDefault);
    return [
      diagnose('metric-not-read', `${what} ${name} ${isNot}${then}: ${found.reason}.`, {
        ...details,
        metric: name,
        hint,
      }),
    ];
  });
}

function hintFor(
  name: string,
  objective: boolean,
  { printed, proposal }: NonNullable<ReturnType<typeof findUnread>>,
  { unread }: FormatsReport,
  byDefault: boolean,
): string {
  const field = objective ? 'objectiveMetricName' : 'the name in additionalMetricNames';
  if (proposal) {
    const rename = printed ? [`set ${field} to ${JSON.stringify(printed)}`] : [];
    const format = proposal.metricsFormat ? ['take the metricsFormat that katib-push dry-run proposes'] : [];
    return sentence([...rename, ...format].join(' and '));
  }
  const choices = unread.find((metric) => metric.name === name)?.choices ?? [];
  const names = choices.flatMap(({ renames }) => (renames[0] ? [JSON.stringify(renames[0].printed)] : []));
  if (names.length > 0)
    return `Say which one: set ${field} to ${names.join(' or ')}; katib-push dry-run has the formats.`;
  if (choices.length > 0) return 'Say which one: katib-push dry-run has a metricsFormat for each.';
  const form = byDefault && /^[\w|-]+$/.test(name) ? `: ${name}=<value>` : ' that a metricsFormat reads';
  return `Print a line of its own for it${form}.`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
