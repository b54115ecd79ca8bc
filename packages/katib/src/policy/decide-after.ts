import type { LeftBehind, MetricReport, Rewritten } from '@katib-push/core';
import type { Attempt } from '../decide/decide-way.ts';
import { type Diagnostic, diagnose, type ScriptsReport } from '../diagnostics/diagnose.ts';
import type { Settings } from './settings.ts';

/** The way out for a log that nothing shows. */
export const letItShow = 'Have the log shown at that level, or print the metric.';

const haveAllRead = 'Have all output read: katib-push.io/capture: container.';

/** Where an Experiment names its objective metric. */
export const OBJECTIVE = '/spec/objective/objectiveMetricName';

/**
 * Why the rewritten scripts are not used after all; absent if they are. Where the collector reads the output today, nothing that
 * may write a wanted metric may stay behind: its rows would be lost. Where nobody chose this way, the objective needs a
 * rewritten source, too. Where the collector is Push, partial is a gain.
 */
export function decideAfter(
  kind: Attempt['kind'],
  settings: Settings,
  rewritten: Rewritten,
): Diagnostic | undefined {
  const { report } = rewritten;
  const itself = findOwnReports(settings, rewritten);
  if (itself) return itself;
  const done = report.scripts.some((script) => script.statements.some((statement) => statement.rewritten));
  if (!done && (rewritten.strings.size === 0 || rewritten.isClosed))
    return diagnose('nothing-to-rewrite', ...nothingFound(rewritten));
  if (kind === 'source') return undefined;
  const [objective] = report.metrics;
  const [behind] = lossesOf(kind, rewritten);
  if (kind === 'complete-source' && objective && !hasSource(objective, report)) {
    const uncertain = `The objective metric ${objective.name} has no certain source`;
    // What can't be read explains more than that nothing was found.
    if (behind && objective.where.length === 0)
      return diagnose('objective-not-covered', `${uncertain}, and ${behind.message}.`, behind.place);
    return diagnose('objective-not-covered', `${uncertain}: ${objective.reason}.`, { pointer: OBJECTIVE });
  }
  if (behind && settings.rewrite !== 'forced')
    return diagnose('metric-left-behind', `${behind.message}.`, behind.place);
  return undefined;
}

/** That a script reports its metrics by itself: rows would double. */
export function findOwnReports(
  { rewrite }: Settings,
  { programs, reportsItself }: Rewritten,
): Diagnostic | undefined {
  if (programs.length === 0 || !reportsItself || rewrite === 'forced') return undefined;
  const { script, line } = reportsItself;
  return diagnose('reports-itself', `${script} pushes its metrics itself, at line ${line}.`, reportsItself);
}

/** What counts as a loss; what is unlikely to be one, only where nobody chose this way. */
export function lossesOf(kind: Attempt['kind'], { leftBehind }: Rewritten): readonly LeftBehind[] {
  if (kind === 'source') return [];
  return leftBehind.filter(({ unlikely }) => kind === 'complete-source' || !unlikely);
}

/** Why nothing is rewritten; with the place and the way out, where one statement would have been. */
function nothingFound({ report, programs, leftBehind, isClosed }: Rewritten): [string, Partial<Diagnostic>?] {
  if (programs.length === 0) return ['The container runs no script that could be found.'];
  if (report.scripts.length === 0) return ["No script is in the container's command and args."];
  const [behind] = leftBehind;
  if (behind) return [`${behind.message}.`, { hint: haveAllRead, ...behind.place }];
  const named = report.scripts.flatMap(({ statements }) => statements);
  const hidden = named.find(({ verdict, metrics }) => verdict === 'never' && metrics.length > 0);
  if (hidden)
    return [
      `No output statement may write a wanted metric: ${hidden.reason}.`,
      hidden.hidden ? { hint: letItShow } : {},
    ];
  const nothing = 'No output statement may write a wanted metric.';
  return isClosed ? [nothing, { hint: 'Print it in the script, in a line that a filter reads.' }] : [nothing];
}

/** Whether a rewritten statement names the metric, at least by a hole; any text (`print(msg)`) is no source to rely on. */
function hasSource({ name, covered }: MetricReport, report: ScriptsReport): boolean {
  if (covered !== 'possibly') return covered === 'yes';
  return report.scripts.some(({ statements }) =>
    statements.some(
      (statement) => statement.rewritten && statement.metrics.some((metric) => metric.name === name),
    ),
  );
}
