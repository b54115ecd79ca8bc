import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { readSources } from '../input/read-sources.ts';
import { printJson } from '../output/print-json.ts';
import { rewriteFile } from '../output/rewrite-file.ts';
import { conclude, pushesAll } from '../preview/conclude.ts';
import { createJsonReport } from '../preview/json-report.ts';
import { type PreviewedFile, previewManifests } from '../preview/preview-manifests.ts';
import { createSarif } from '../preview/sarif.ts';
import { showDiff } from '../preview/show-diff.ts';
import { showOverview } from '../preview/show-overview.ts';
import { headOf, showPreview } from '../preview/show-preview.ts';
import { showProblem, showProblems } from '../preview/show-problem.ts';
import type { Problem } from '../problems/problem.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { type EngineOptions, type ManifestOptions, toRewriteOptions } from './options.ts';
import { repeat } from './repeat.ts';

/** What the command line gives. */
export interface DryRunOptions extends ManifestOptions, EngineOptions {
  readonly output: 'diff' | 'yaml' | 'json' | 'wide' | 'sarif';
  readonly requireMetrics?: boolean;
  readonly allowNone?: boolean;
  readonly object?: boolean;
  readonly watch?: boolean;
}

/** The body of `katib-push dry-run`; gives the exit code. */
export async function dryRun(options: DryRunOptions, context: Context): Promise<number> {
  const once = () => dryRunOnce(options, context);
  return options.watch ? repeat(options.filename ?? [], context, once) : once();
}

async function dryRunOnce(options: DryRunOptions, context: Context): Promise<number> {
  const { sources, problems: unread } = await readSources(options, context.io);
  const { files, problems: invalid } = await previewManifests(
    sources,
    toRewriteOptions(options),
    context.services,
    options,
    true,
  );
  const previews = files.flatMap((file) => file.previews);
  const none = options.allowNone && previews.length === 0 ? 'not-an-experiment' : undefined;
  const problems = [...unread, ...invalid.filter(({ code }) => code !== none)];
  if (options.output === 'sarif') {
    context.io.stdout.write(
      printJson(createSarif([...problems, ...previews.flatMap((one) => one.problems)])),
    );
  } else if (options.output === 'json') {
    context.io.stdout.write(printJson(createJsonReport(previews, problems)));
  } else {
    const { colours, width, print, complain } = context;
    complain(problems);
    const asObject = options.object || options.output === 'yaml';
    if (options.output === 'wide') print(showOverview(previews, colours));
    else if (asObject) for (const file of files) showObject(file, context);
    else for (const preview of previews) print(showPreview(preview, colours, width));
    if (previews.length > 0) print([colours.bold(conclude(previews))]);
  }
  const outcomes = previews.map(({ report }) => report.outcome);
  if (!options.requireMetrics) return exitCodeOf(outcomes, problems);
  if (exitCodeOf(outcomes, problems) === exitCode.badInput) return exitCode.badInput;
  return previews.every(pushesAll) ? exitCode.ok : exitCode.different;
}

/** The diff of a file's objects. The client's source is long and always the same, so long runs are shortened. */
function showObject(file: PreviewedFile, context: Context): void {
  const { colours, width, print } = context;
  const { text, problems } = rewriteFile(file);
  const name = neutralise(file.source.name);
  const lineLimit = Number.isFinite(width) ? Math.max(width, 80) : 200;
  const diff = showDiff(file.source.text, text, { colours, lineLimit, runLimit: 16 });
  if (diff.length > 0)
    print([colours.bold(`--- ${name}`), colours.bold(`+++ ${name} (rewritten)`), ...diff, '']);
  for (const preview of file.previews) {
    const all: readonly Problem[] = preview.problems;
    if (all.length === 0) continue;
    print([colours.bold(headOf(preview)), ...showProblems(all, colours, width), '']);
  }
  print(problems.flatMap((problem) => showProblem(problem, colours, width)));
}

function exitCodeOf(outcomes: readonly string[], problems: readonly Problem[]): number {
  if (problems.some(({ severity }) => severity === 'error') || outcomes.includes('failed'))
    return exitCode.badInput;
  return outcomes.includes('rewritten') ? exitCode.different : exitCode.ok;
}
