import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Choice } from '@katib-push/katib/choices';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { readNotebook } from '../input/read-notebook.ts';
import { readBytes, readSource } from '../input/read-sources.ts';
import { printJson } from '../output/print-json.ts';
import { besideFormats, hintHere } from '../preview/create-preview.ts';
import type { JsonReport } from '../preview/json-report.ts';
import { showFormats } from '../preview/show-formats.ts';
import { showMetrics } from '../preview/show-metrics.ts';
import { showScript } from '../preview/show-preview.ts';
import { showProblem } from '../preview/show-problem.ts';
import { CommandFailure, type Problem, problem } from '../problems/problem.ts';
import { count } from '../terminal/count.ts';
import { neutralise } from '../terminal/neutralise.ts';
import { diagnoseOutput } from '../trial/diagnose-output.ts';
import { showDiagnosis } from '../trial/show-diagnosis.ts';
import { repeat } from './repeat.ts';

/** What the command line gives. */
export interface ExplainOptions {
  readonly metric?: readonly string[];
  readonly log?: string;
  readonly format?: readonly string[];
  readonly language?: string;
  readonly coverage?: Choice<'coverage'>;
  readonly output: 'diff' | 'json';
  readonly watch?: boolean;
}

/** The body of `katib-push explain`; gives the exit code. */
export async function explain(
  options: ExplainOptions,
  context: Context,
  args: readonly string[],
): Promise<number> {
  const metric = options.metric ?? [];
  const [code = ''] = args;
  if (metric.length === 0) {
    const pages = await readPages();
    const page = pages.get(code);
    if (page === undefined) throw new CommandFailure([problem('usage', await sayMissing(code, pages))]);
    context.print([context.colours.bold(code), '', page]);
    return exitCode.ok;
  }
  if (metric.includes('')) throw new CommandFailure([problem('usage', 'The name after -m is empty.')]);
  const { log } = options;
  if (log !== undefined) {
    if (args.length > 0)
      throw new CommandFailure([
        problem('usage', '--log FILE stands in place of a script: give one of them.'),
      ]);
    return explainLog(log, { ...options, metric }, context);
  }
  if (args.length === 0)
    throw new CommandFailure([
      problem('usage', 'No script is given: name a file, - for standard input, or --log FILE.'),
    ]);
  const once = () => explainOnce({ ...options, metric }, context, args);
  return options.watch ? repeat(args, context, once) : once();
}

/** What is wrong with a command line that names no metric: perhaps it has a code that there isn't. */
async function sayMissing(code: string, pages: ReadonlyMap<string, string>): Promise<string> {
  const { nearMatch } = await import('@katib-push/core');
  const near = code.includes('-') ? nearMatch(code, [...pages.keys()]) : '';
  return near ? `There is no diagnostic ${code}${near}` : 'No wanted metric is given: -m NAME names one.';
}

/** Where docs/diagnostics.md is: beside the built command where it is installed, else in the workspace. */
const places = ['../diagnostics.md', '../../../../docs/diagnostics.md'];

/** The sections of docs/diagnostics.md by the code that each is about, as Markdown without its heading. */
async function readPages(): Promise<ReadonlyMap<string, string>> {
  for (const place of places) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined);
    const sections = text?.split('\n## ').slice(1) ?? [];
    if (text !== undefined)
      return new Map(
        sections.map((section) => {
          const end = section.indexOf('\n');
          return [section.slice(0, end), section.slice(end).trim()] as const;
        }),
      );
  }
  return new Map();
}

/** Says what Katib reads from a log, and what would have it read more; gives the exit code. */
async function explainLog(
  log: string,
  { metric, format, output }: ExplainOptions & { readonly metric: readonly string[] },
  context: Context,
): Promise<number> {
  const { io, print, colours } = context;
  const file = log === '-' ? { name: '<stdin>' } : { name: log, path: resolve(io.cwd, log) };
  // What a trial prints may hold bytes that are no text; the collector reads the lines around them.
  const text = new TextDecoder().decode(await readBytes(file, io));
  if (text === '')
    throw new CommandFailure([
      problem('no-input', `${file.name} is empty.`, {
        file: file.name,
        hint: 'Give what the trial printed.',
      }),
    ]);
  const diagnosis = await diagnoseOutput([text], metric, format);
  if ('diagnostics' in diagnosis)
    throw new CommandFailure(
      diagnosis.diagnostics.map(({ message, hint }) => problem('usage', message, { hint })),
    );
  if (output === 'json') io.stdout.write(printJson({ version: 1, log: file.name, ...diagnosis }));
  else print(showDiagnosis(diagnosis, metric, colours));
  return exitCode.ok;
}

async function explainOnce(
  options: ExplainOptions & { readonly metric: readonly string[] },
  context: Context,
  args: readonly string[],
): Promise<number> {
  const { io, services, colours, width, print } = context;
  const [given = '-'] = args;
  const source = await readSource(
    given === '-' ? { name: '<stdin>' } : { name: given, path: resolve(io.cwd, given) },
    io,
  );
  const notebook = given.endsWith('.ipynb') ? readNotebook(source) : undefined;
  const language =
    options.language ?? (notebook ? (notebook.language ?? 'python') : given === '-' ? 'python' : undefined);
  const report = await services.rewriteScript(notebook?.text ?? source.text, {
    name: given === '-' ? 'stdin' : basename(given),
    metrics: options.metric,
    ...(language ? { language } : {}),
    ...(options.format ? { filters: options.format } : {}),
    ...(options.coverage ? { coverage: options.coverage } : {}),
  });
  const problems = report.diagnostics.map((diagnostic): Problem => {
    const { script: _, line, ...rest } = diagnostic;
    return {
      ...rest,
      hint: hintHere(rest),
      file: notebook && line !== undefined ? `${source.name}, ${notebook.placeOf(line)}` : source.name,
      ...(line === undefined ? {} : { line, place: { line, column: 1 } }),
    };
  });
  const failed = problems.some(({ severity }) => severity === 'error') && report.scripts.length === 0;
  if (options.output === 'json') {
    const explained = [{ file: source.name, ...report, diagnostics: problems }];
    const printed: JsonReport = { version: 1, experiments: [], explained, diagnostics: [] };
    io.stdout.write(printJson(printed));
  } else {
    const way = [neutralise(given === '-' ? 'standard input' : given)];
    for (const script of report.scripts) print([...showScript(script, way, colours, width), '']);
    const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
    if (report.metrics.length > 0) print([...indent(showMetrics(report.metrics, colours, width - 2)), '']);
    if (report.formats) print([...indent(showFormats(report.formats, options.metric, colours)), '']);
    if (failed) context.complain(problems);
    else
      for (const problem of problems)
        print([...indent(showProblem(besideFormats(problem), colours, width - 2)), '']);
    if (!failed) print([colours.bold(conclude(report.scripts.flatMap((script) => script.statements)))]);
  }
  return failed ? exitCode.badInput : exitCode.ok;
}

function conclude(statements: readonly { readonly rewritten: boolean }[]): string {
  const changed = statements.filter(({ rewritten }) => rewritten).length;
  if (statements.length === 0) return 'No output statement was found.';
  return `${changed} of ${count(statements.length, 'output statement')} would be rewritten.`;
}
