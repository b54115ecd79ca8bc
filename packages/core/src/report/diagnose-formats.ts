import { type Diagnostic, diagnose } from '../diagnostics/diagnostic.ts';
import type { Filters } from '../match/filters.ts';
import type { FormatReport, FormatsReport, MetricReport, StatementPlace } from './report.ts';
import { sayUnread } from './report-formats.ts';

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

/** A wanted metric that is printed and not read: why, where, and what reads it. */
export interface FoundUnread {
  /** One sentence without a full stop. */
  readonly reason: string;
  /** The statements that print it. */
  readonly where: readonly StatementPlace[];
  /** The name that is printed in its place; absent where it is the same. */
  readonly printed?: string;
  /** What reads it; absent where nothing can be proposed. */
  readonly proposal?: FormatReport;
  /** Set where the name is known only at run time, and may be this one. */
  readonly assumed?: true;
}

/** Names that Katib's default filter can read. */
const plainName = /^[\w|-]+$/;

/**
 * Looks a metric up among those that are printed and not read; absent if it is none of them.
 *
 * @param byDefault whether Katib's default filter is in force
 */
export function findUnread(
  name: string,
  { proposal, unread }: FormatsReport,
  byDefault: boolean,
): FoundUnread | undefined {
  const left = unread.find((metric) => metric.name === name);
  if (left) return { reason: sayUnread(left), where: [left.where] };
  const printed = proposal?.renames.find(({ wanted }) => wanted === name)?.printed;
  const rows = proposal?.rows.filter((row) => row.name === (printed ?? name)) ?? [];
  if (!proposal || rows.length === 0) return undefined;
  const assumed = rows.every((row) => row.assumed);
  return {
    ...(assumed ? { assumed } : {}),
    reason: assumed
      ? 'a name that is known only at run time may be it, and no filter in force reads it'
      : printed
        ? `what is printed is called ${printed}, and to Katib that is another metric`
        : byDefault && !plainName.test(name)
          ? 'it is printed, and the default filter reads names of A-Za-z0-9_|- alone'
          : 'it is printed, and no filter in force reads it',
    where: rows.map(({ script, line }) => ({ script, line })),
    ...(printed ? { printed } : {}),
    proposal,
  };
}
