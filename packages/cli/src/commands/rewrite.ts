import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { readSources } from '../input/read-sources.ts';
import { printJson } from '../output/print-json.ts';
import { rewriteFile } from '../output/rewrite-file.ts';
import { writeFiles } from '../output/write-files.ts';
import { previewManifests } from '../preview/preview-manifests.ts';
import { headOf } from '../preview/show-preview.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { exactValueOf, parseYaml } from '../yaml/parse-yaml.ts';
import { type EngineOptions, type ManifestOptions, toRewriteOptions, type WriteOptions } from './options.ts';

/** What the command line gives. */
export interface RewriteCommandOptions extends ManifestOptions, EngineOptions, WriteOptions {
  readonly output: 'yaml' | 'json';
}

/** The body of `katib-push rewrite`; gives the exit code. */
export async function rewrite(options: RewriteCommandOptions, context: Context): Promise<number> {
  const { io, complain, note, errorColours } = context;
  if (options.output === 'json' && (options.inPlace || options.outputDir !== undefined))
    throw new CommandFailure([problem('usage', 'Objects (-o json) go to standard output alone.')]);
  const { sources, problems: unread } = await readSources(options, io);
  if (unread.length > 0) throw new CommandFailure(unread); // A part of a stream must not pass for all of it.
  const { files, problems } = await previewManifests(
    sources,
    toRewriteOptions(options),
    { rewriteExperiment: context.services.wrapTemplate },
    options,
  );
  const written = files.map(rewriteFile);
  const faults = [...problems, ...written.flatMap((file) => file.problems)];
  if (options.output === 'yaml') {
    await writeFiles(
      files.map(({ source }, i) => ({ source, text: written[i]?.text ?? source.text })),
      options,
      context,
    );
  } else if (problems.every(({ severity }) => severity !== 'error')) {
    io.stdout.write(printJson(asOneObject(written.map(({ text }) => text))));
  }
  complain(faults);
  const previews = files.flatMap((file) => file.previews);
  for (const preview of previews) {
    const { outcome, summary } = preview.report;
    const reason = neutralise(summary).replace(/\.$/, '');
    note([`${errorColours.bold(headOf(preview))} ${outcome}${reason === '' ? '' : `: ${reason}`}`]);
    complain(preview.problems.filter(({ severity }) => severity !== 'info' || outcome === 'unchanged'));
  }
  return isFailure(faults) || previews.some(({ report }) => report.outcome === 'failed')
    ? exitCode.badInput
    : exitCode.ok;
}

/** The only object of the texts, or a List of all. */
function asOneObject(texts: readonly string[]): unknown {
  const objects = texts
    .flatMap((text) => parseYaml(text).map(exactValueOf))
    .filter((value) => value !== null);
  return objects.length === 1 ? objects[0] : { apiVersion: 'v1', kind: 'List', items: objects };
}

function isFailure(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
