import type { MetricReport, ScriptsReport } from '@katib-push/core';

/**
 * The report of scripts that stay as they are because all that they write is read. Where no statement is seen to write a
 * metric, a module, a library or another program may.
 */
export function explainMetrics(
  { scripts }: Pick<ScriptsReport, 'scripts'>,
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
      const found = statements.filter(({ statement }) =>
        statement.metrics.some((metric) => metric.name === name),
      );
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
    diagnostics: [],
  };
}
