import { findUnread, type MetricReport } from '@katib-push/core';
import type { ScriptsReport } from '../diagnostics/diagnose.ts';
import { leaveScripts } from '../leave-scripts.ts';
import type { Experiment } from '../read-experiment.ts';

/**
 * The report of scripts that stay as they are because all that they write is read. Where no statement is seen to write a
 * metric, a module, a library or another program may.
 *
 * @param facts whether nothing else prints, and whether Katib's default filter is in force
 */
export function explainMetrics(
  { scripts, formats, diagnostics }: ScriptsReport,
  { metrics: names, collector, file }: Experiment,
  { isClosed, byDefault }: { readonly isClosed: boolean; readonly byDefault: boolean },
): ScriptsReport {
  const statements = scripts.flatMap((script) =>
    script.statements.map((statement) => ({ script: script.name, statement })),
  );
  const isOpen = statements.some(({ statement }) => statement.open && statement.verdict === 'dynamic');
  const explain = (name: string): Pick<MetricReport, 'covered' | 'where' | 'reason'> => {
    const naming = statements.filter(({ statement }) =>
      statement.metrics.some((metric) => metric.name === name),
    );
    const unread = formats && findUnread(name, formats, byDefault);
    // what writes a file is no output statement, and what is printed may be sent there
    if (collector === 'File' && !unread)
      return {
        covered: 'possibly',
        where: [],
        reason: `what is written to ${file.path} is read; no statement is seen to write it there for certain`,
      };
    const found = naming.filter(({ statement }) => !statement.hidden && !statement.elsewhere);
    const where = found.map(({ script, statement }) => ({ script, line: statement.line }));
    const certain = found.filter(({ statement }) => statement.verdict === 'metric');
    if (certain.some(({ statement }) => statement.doubtful === undefined))
      return { covered: 'yes', where, reason: 'all that the container writes is read' };
    const [doubted] = certain;
    if (doubted)
      return {
        covered: 'possibly',
        where,
        reason: `all that the container writes is read; ${doubted.statement.doubtful}`,
      };
    if (unread && found.length === 0) return { covered: 'no', where: unread.where, reason: unread.reason };
    const [lost] = naming;
    if (lost && found.length === 0 && !isOpen && (lost.statement.hidden || isClosed))
      return {
        covered: 'no',
        where: naming.map(({ script, statement }) => ({ script, line: statement.line })),
        reason: lost.statement.reason.replace(/^.*; not rewritten: /, ''),
      };
    if (isClosed && found.length === 0 && !isOpen)
      return { covered: 'no', where: [], reason: 'nothing in the script prints it' };
    return {
      covered: 'possibly',
      where,
      reason: 'all that the container writes is read; no statement is seen to write it for certain',
    };
  };
  const metrics = names.map((name, index) => ({ name, objective: index === 0, ...explain(name) }));
  return {
    scripts: leaveScripts(scripts),
    metrics,
    ...(formats ? { formats } : {}),
    diagnostics: diagnostics.flatMap((one) => {
      if (one.code === 'metric-not-read') return [one];
      if (metrics.every(({ covered }) => covered === 'yes')) return [];
      if (one.code === 'goes-to-tracker') return [one];
      // that its output is read is granted; that a filter reads it is not
      return one.code === 'library-prints' && one.severity === 'warning' ? [{ ...one, hint: formHint }] : [];
    }),
  };
}

const formHint = 'If the metric is among them, add a metricsFormat that reads it; else print it as well.';
