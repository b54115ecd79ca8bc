import { constants } from 'node:os';
import { resolve } from 'node:path';
import type { RewriteOptions } from '@katib-push/katib';
import type { TrialRun } from '@katib-push/oracle';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { readSources } from '../input/read-sources.ts';
import type { Preview } from '../preview/create-preview.ts';
import { previewManifests } from '../preview/preview-manifests.ts';
import { headOf } from '../preview/show-preview.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import { describePreview } from '../report/describe-preview.ts';
import { gatherMetrics, type RunReport } from '../report/run-report.ts';
import { checkReportPath, saveReport } from '../report/save-report.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { explainRun } from '../trial/explain-run.ts';
import { findStartFailure } from '../trial/find-start-failure.ts';
import { createLiveView, type Row } from '../trial/live-view.ts';
import { summarize } from '../trial/summarize.ts';
import { type EngineOptions, type ManifestOptions, toRewriteOptions } from './options.ts';

/** What the command line gives. */
export interface RunOptions extends ManifestOptions, EngineOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly compare?: boolean;
  readonly timeout?: number;
  readonly root?: string;
  readonly report?: string;
}

/** The body of `katib-push run`; gives the exit code. */
export async function runExperiment(options: RunOptions, context: Context): Promise<number> {
  const { services, note, complain, errorColours: colours } = context;
  if (options.report !== undefined) await checkReportPath(options.report, context);
  const preview = await findOne(options, context);
  const { report, manifest, experiment, pointer } = preview;
  const original = manifest.experiments.find((found) => found.pointer === pointer)?.value;
  const title = colours.bold(headOf(preview));
  if (report.outcome === 'failed') throw new CommandFailure(preview.problems);
  const changed = report.outcome === 'rewritten';
  note([
    `${title} ${changed ? 'rewritten' : 'not rewritten'}: ${neutralise(report.summary).replace(/\.$/, '')}`,
  ]);
  complain(preview.problems.filter(({ severity }) => severity !== 'info' || !changed));

  const oracle = await services.loadOracle();
  const wanted = oracle.wantedMetrics(experiment); // formats: infer calls metrics as they are printed
  const view = createLiveView(context);
  const rows: Row[] = [];
  const trial = {
    set: options.set,
    timeoutSeconds: options.timeout,
    root: rootOf(options, context),
    signal: whenStopped(context),
  };
  const onRow = (row: Row): void => {
    rows.push(row);
    view.row(row);
  };
  // A script that loses its environment holds the address of the DB manager itself.
  const made = async (address: string): Promise<unknown> =>
    report.delivery === 'inline'
      ? (await services.wrapTemplate(original, { ...runOptions(options), address })).experiment
      : experiment;
  const save = async (verdict: RunReport['verdict'], pulled?: readonly Row[]): Promise<void> => {
    if (options.report === undefined) return;
    const metrics = gatherMetrics(rows, pulled);
    await saveReport(options.report, { ...describePreview(preview), verdict, metrics }, context);
  };
  if (options.compare) {
    const result = await oracle.compareExperiment(original, made, {
      ...trial,
      partial: oracle.leavesBehind(report),
      moved: oracle.movedLines(report),
      onRun: (which) => {
        view.end();
        note([
          colours.dim(
            `running ${which === 'rewritten' ? 'the rewritten one' : `the original${which === 'original' ? '' : ' again'}`} …`,
          ),
        ]);
      },
      // What a run prints twice is shown twice, the first time on standard error: standard output stays the training's.
      onOutput: (which, stream, bytes) => {
        if (which === 'rewritten' || !changed) view.output(stream, bytes);
        else if (which === 'original') view.output('stderr', bytes);
      },
      onObservation: onRow,
    });
    view.end();
    note(['', ...summarize(rows, context)]);
    const { original: before, rewritten: after } = result;
    const failure = findStartFailure(before);
    const timedOut = before.timedOut || after.timedOut;
    const [verdict = '', ...about] = oracle.describeVerdict(result).map(neutralise);
    const same = result.identical && result.comparison.lost === 0 && !failure && !timedOut;
    const headline = failure
      ? `not compared: the original did not start: ${neutralise(failure.message)}`
      : timedOut
        ? `not compared: the time was over after ${options.timeout} s`
        : verdict;
    const details = [
      ...(failure ? [`  hint: ${neutralise(failure.hint)}`] : timedOut ? [] : about),
      `  original ${before.seconds.toFixed(1)} s${changed ? `, rewritten ${after.seconds.toFixed(1)} s` : ''}`,
    ];
    note([
      ...(rows.length > 0 ? [''] : []),
      colours.bold((same ? colours.green : colours.red)(headline)),
      ...details,
    ]);
    if (!failure) note(await explainRun({ run: after, report, wanted, rows }, colours));
    await save({ good: same, headline, details }, oracle.readRows(original, before));
    if (timedOut) return exitCode.timedOut;
    if (failure) return endOf(before);
    return same ? endOf(after) : exitCode.different;
  }

  const manager = await services.startDbManager({ host: '127.0.0.1', port: 0 });
  try {
    const stop = manager.onReport((received) => received.rows.forEach(onRow));
    const run = await oracle.runTrial(await made(manager.address), {
      ...trial,
      address: manager.address,
      onOutput: view.output,
    });
    stop();
    view.end();
    note(['', ...summarize(rows, context), ...(rows.length > 0 ? [''] : [])]);
    const pushed = `${count(rows.length, 'row')} pushed`;
    const end = `${oracle.describeEnd(run)}${run.timedOut ? '' : ` after ${run.seconds.toFixed(1)} s`}, ${pushed}`;
    const good = endOf(run) === 0;
    note([colours.bold((good ? colours.green : colours.red)(end))]);
    const failure = findStartFailure(run);
    if (failure) complain([problem('not-started', sentenceOf(failure.message), { hint: failure.hint })]);
    else note(await explainRun({ run, report, wanted, rows }, colours));
    await save({ good, headline: end, details: [] });
    return endOf(run);
  } finally {
    await manager.close();
  }
}

/** The folder that stands for the image's root, absolute. */
function rootOf({ root }: RunOptions, { io }: Context): string | undefined {
  return root === undefined ? undefined : resolve(io.cwd, root);
}

/** Here nothing reaches a cluster, so the Experiment need not ask for the rewrite. */
function runOptions(options: RunOptions): RewriteOptions {
  return { ...toRewriteOptions(options), enable: true };
}

/** The one Experiment that is named. */
async function findOne(options: RunOptions, context: Context): Promise<Preview> {
  const { sources, problems: unread } = await readSources(options, context.io);
  const { files, problems: faults } = await previewManifests(
    sources,
    runOptions(options),
    { rewriteExperiment: context.services.wrapTemplate }, // no webhook is here to review a Trial
    options,
  );
  const problems = [...unread, ...faults];
  if (problems.length > 0) throw new CommandFailure(problems);
  const previews = files.flatMap((file) => file.previews);
  const [first, second] = previews;
  if (!first || second) {
    const names = previews.map(headOf).join(', ');
    const hint = 'Choose one: --name NAME, -n NAMESPACE; or name the file of one Experiment.';
    throw new CommandFailure([
      problem('usage', `run takes one Experiment; these are ${previews.length}: ${names}.`, { hint }),
    ]);
  }
  return first;
}

/** Aborted when the user asks to stop: the training is then ended, and the command with 128 and the signal's number. */
function whenStopped({ io }: Context): AbortSignal {
  const controller = new AbortController();
  void io.untilStopped().then((signal) => {
    const stopped = problem('interrupted', `${signal} has ended the run.`);
    controller.abort(new CommandFailure([stopped], 128 + numberOf(signal)));
  });
  return controller.signal;
}

/** The exit code of the training: 128 and the signal's number where one ended it, 124 where its time was over. */
function endOf(run: TrialRun): number {
  if (run.timedOut) return exitCode.timedOut;
  if (run.signal === undefined) return run.exitCode ?? 0;
  return 128 + numberOf(run.signal);
}

function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function numberOf(signal: string): number {
  return constants.signals[signal as NodeJS.Signals] ?? 0;
}
