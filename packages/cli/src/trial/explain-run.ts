import type { ExperimentReport } from '@katib-push/katib';
import type { TrialRun, WantedMetrics } from '@katib-push/oracle';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { diagnoseOutput } from './diagnose-output.ts';
import type { Row } from './live-view.ts';
import { showDiagnosis } from './show-diagnosis.ts';

/** A run that is over, with what was wanted of it. */
export interface EndedRun {
  readonly run: TrialRun;
  readonly report: ExperimentReport;
  readonly wanted: WantedMetrics;
  /** What arrived at the DB manager. */
  readonly rows: readonly Row[];
}

/**
 * What a run says about the metrics that were wanted, for people: what Katib would find in the output where the Experiment
 * isn't rewritten, and each metric that was expected and of which no row arrived. No lines where there is nothing to say.
 */
export async function explainRun(ended: EndedRun, colours: Colours): Promise<readonly string[]> {
  const { run, report, wanted, rows } = ended;
  const changed = report.outcome === 'rewritten';
  const arrived = new Set(rows.map(({ name }) => name));
  const lacking = wanted.wanted.filter((name) => !arrived.has(name));
  if (lacking.length === 0 || wanted.wanted.length === 0) return [];
  // The shim has said it: the annotation deliver asks for it.
  if (/^katib-push: \d+ observations are not pushed/m.test(new TextDecoder().decode(run.stderr))) return [];
  if (!changed && report.diagnostics[0]?.code === 'reports-itself')
    return [
      colours.yellow(neutralise(`No row of ${lacking.join(', ')} arrived from the script's own reports.`)),
    ];
  const noRows = changed ? lacking.flatMap((name) => explainLack(name, report)) : [];
  const streams = [run.stdout, run.stderr]
    .map((bytes) => new TextDecoder().decode(bytes))
    .filter((text) => text !== '');
  const diagnosis = await diagnoseOutput(streams, wanted.wanted, wanted.filters);
  if ('diagnostics' in diagnosis) return noRows;
  const nobodyReads = changed ? [] : explainNobody(report.collector.before);
  const isRead = lacking.every((name) =>
    diagnosis.found.some((metric) => metric.name === name && metric.rows > 0),
  );
  return [
    ...[...noRows, ...nobodyReads].map((line) => colours.yellow(neutralise(line))),
    ...(changed && isRead ? [] : showDiagnosis(diagnosis, wanted.wanted, colours)),
  ];
}

/** That nothing of what follows is read by the collector as it is. */
function explainNobody(collector: string): readonly string[] {
  if (collector === 'StdOut') return [];
  return ['Push', 'None'].includes(collector)
    ? [
        'The collector is Push: Katib reads no output, and no row was pushed. As the container way would read it:',
      ]
    : [`The collector is ${collector}: Katib does not read the output. As StdOut would read it:`];
}

/** `0 rows of loss, although line 3 was expected to print it`. */
function explainLack(name: string, { metrics }: ExperimentReport): readonly string[] {
  const metric = metrics.find((one) => one.name === name);
  if (!metric || metric.covered === 'no') return [];
  const lines = [...new Set(metric.where.map(({ line }) => line))];
  const where = lines.length === 0 ? 'it' : `line ${lines.join(', ')}`;
  const how = metric.covered === 'yes' ? 'was expected to print it' : 'may have printed it';
  return [`0 rows of ${name}, although ${where === 'it' ? `the script ${how}` : `${where} ${how}`}.`];
}
