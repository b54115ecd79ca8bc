import type { Filters } from '../match/filters.ts';
import type { Coverage } from '../match/judge.ts';
import { type FoundUnread, findUnread } from './diagnose-formats.ts';
import type { FormatsReport, MetricReport, ScriptReport } from './report.ts';

/** Which wanted metrics the rewritten statements write. They are in the order wanted, the objective first. */
export function reportMetrics(
  { metrics: names, portable }: Filters,
  scripts: readonly ScriptReport[],
  coverage: Coverage,
  formats?: FormatsReport,
): readonly MetricReport[] {
  return names.map((name, index) => {
    const unread = formats && findUnread(name, formats, portable === null);
    return reportMetric(name, index === 0, scripts, coverage, unread);
  });
}

function reportMetric(
  name: string,
  objective: boolean,
  scripts: readonly ScriptReport[],
  coverage: Coverage,
  unread: FoundUnread | undefined,
): MetricReport {
  const all = scripts.flatMap((script) =>
    script.statements.map((statement) => ({
      statement,
      place: { script: script.name, line: statement.line },
    })),
  );
  const named = all.filter(({ statement }) => statement.metrics.some((metric) => metric.name === name));
  const rewritten = named.filter(({ statement }) => statement.rewritten);
  const certain = rewritten.filter(({ statement }) => statement.verdict === 'metric');
  const sure = certain.filter(({ statement }) => statement.doubtful === undefined);
  const open = all.filter(({ statement }) => statement.rewritten && statement.open === 'text');
  const report = (covered: MetricReport['covered'], found: typeof all, reason: string): MetricReport => ({
    name,
    objective,
    covered,
    where: found.map(({ place }) => place),
    reason,
  });
  if (sure.length > 0) return report('yes', sure, 'a rewritten statement writes it');
  const [doubted] = certain;
  if (doubted)
    return report('possibly', certain, `a rewritten statement may write it: ${doubted.statement.doubtful}`);
  const changed =
    scripts.some((script) => script.after !== script.before) ||
    all.some(({ statement }) => statement.rewritten);
  if (unread && rewritten.length + open.length === 0)
    return { ...report('no', named, unread.reason), where: unread.where };
  if (scripts.some((script) => script.everyLine))
    return report('possibly', named, 'every line of the process is read, because a stream gets away');
  if (coverage === 'output' && changed && rewritten.length === 0)
    return report(
      'possibly',
      named,
      'every line of the process is read, and none that can be seen is sure to hold it',
    );
  if (rewritten.length > 0)
    return report(
      'possibly',
      rewritten,
      'a rewritten statement may write it: the name is known only at run time',
    );
  if (open.length > 0)
    return report('possibly', open, 'a rewritten statement may write it: its text is known only at run time');
  return report('no', named, named[0]?.statement.reason ?? 'no output statement writes it');
}
