import { findUnread, type MetricReport } from '@katib-push/core';
import type { ScriptsReport } from '../diagnostics/diagnose.ts';

/**
 * The report of scripts that stay as they are because all that they write is read. Where no statement is seen to write a
 * metric, a module, a library or another program may.
 */
export function explainMetrics(
  { scripts, formats, diagnostics = [] }: Pick<ScriptsReport, 'scripts' | 'formats'> & Partial<ScriptsReport>,
  names: readonly string[],
): ScriptsReport {
  const statements = scripts.flatMap((script) =>
    script.statements.map((statement) => ({ script: script.name, statement })),
  );
  return {
    scripts: scripts.map((script) => ({
      ...script,
      after: script.before,
      statements: script.statements.map((statement) => ({ ...statement, rewritten: false })),
    })),
    metrics: names.map((name, index): MetricReport => {
      const naming = statements.filter(({ statement }) =>
        statement.metrics.some((metric) => metric.name === name),
      );
      const found = naming.filter(({ statement }) => !statement.hidden);
      const unread = formats && findUnread(name, formats);
      if (unread && found.length === 0)
        return {
          name,
          objective: index === 0,
          covered: 'no',
          where: unread.where,
          reason: unread.reason,
        };
      const [hidden] = naming;
      if (hidden && found.length === 0 && !statements.some(({ statement }) => statement.open))
        return {
          name,
          objective: index === 0,
          covered: 'no',
          where: naming.map(({ script, statement }) => ({ script, line: statement.line })),
          reason: hidden.statement.reason,
        };
      const isSure = found.some(({ statement }) => statement.verdict === 'metric');
      return {
        name,
        objective: index === 0,
        covered: isSure ? 'yes' : 'possibly',
        where: found.map(({ script, statement }) => ({ script, line: statement.line })),
        reason: isSure
          ? 'all that the container writes is read'
          : 'all that the container writes is read; no statement is seen to write it for certain',
      };
    }),
    ...(formats ? { formats } : {}),
    diagnostics: diagnostics.filter(({ code }) => code === 'metric-not-read'),
  };
}
