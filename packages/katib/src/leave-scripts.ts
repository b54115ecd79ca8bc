import type { ScriptReport } from '@katib-push/core';
import type { ScriptsReport } from './diagnostics/diagnose.ts';

/** The reports of scripts that were read, and then left as they are. */
export function leaveScripts(scripts: readonly ScriptReport[]): readonly ScriptReport[] {
  return scripts.map((script) => ({
    ...script,
    after: script.before,
    statements: script.statements.map((statement) => ({ ...statement, rewritten: false })),
  }));
}

/** The report of an Experiment that was read, and then left as it is. */
export function leaveAll(report: ScriptsReport): ScriptsReport {
  return {
    ...report,
    scripts: leaveScripts(report.scripts),
    metrics: report.metrics.map((metric) =>
      metric.covered === 'no'
        ? metric
        : { ...metric, covered: 'no' as const, reason: 'the Experiment stays as it is' },
    ),
  };
}
