import type { Coverage } from '../match/judge.ts';
import type { MetricReport, ScriptReport } from './report.ts';

/** Which wanted metrics the rewritten statements write. Names are in the order wanted, the objective first. */
export function reportMetrics(
  names: readonly string[],
  scripts: readonly ScriptReport[],
  coverage: Coverage,
): readonly MetricReport[] {
  return names.map((name, index) => reportMetric(name, index === 0, scripts, coverage));
}

function reportMetric(
  name: string,
  objective: boolean,
  scripts: readonly ScriptReport[],
  coverage: Coverage,
): MetricReport {
  const found = scripts.flatMap((script) =>
    script.statements
      .filter((statement) => statement.metrics.some((metric) => metric.name === name))
      .map((statement) => ({ statement, place: { script: script.name, line: statement.line } })),
  );
  const sure = found.filter(({ statement }) => statement.rewritten && statement.verdict === 'metric');
  const possible = found.filter(({ statement }) => statement.rewritten);
  const base = { name, objective };
  if (sure.length > 0)
    return {
      ...base,
      covered: 'yes',
      where: sure.map(({ place }) => place),
      reason: 'a rewritten statement writes it',
    };
  if (
    coverage === 'output' &&
    scripts.some((script) => script.after !== script.before || script.statements.some((one) => one.rewritten))
  )
    return {
      ...base,
      covered: 'yes',
      where: found.map(({ place }) => place),
      reason: 'every line of the process is read',
    };
  if (possible.length > 0)
    return {
      ...base,
      covered: 'possibly',
      where: possible.map(({ place }) => place),
      reason: 'a rewritten statement may write it: the name is known only at run time',
    };
  const behind = found.map(({ statement }) => statement.reason)[0];
  const reason = behind ?? 'no output statement writes it';
  return { ...base, covered: 'no', where: found.map(({ place }) => place), reason };
}
