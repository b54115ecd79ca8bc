import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { readSource } from '../input/read-sources.ts';
import { printJson } from '../output/print-json.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import { diagnoseOutput } from '../trial/diagnose-output.ts';
import { showDiagnosis } from '../trial/show-diagnosis.ts';

/** What `explain --log` is given. */
export interface ExplainLogOptions {
  /** The file, or `-` for standard input. */
  readonly log: string;
  readonly metric: readonly string[];
  readonly format?: readonly string[];
  readonly output: 'diff' | 'json';
}

/** Says what Katib reads from a log, and what would have it read more; gives the exit code. */
export async function explainLog(options: ExplainLogOptions, context: Context): Promise<number> {
  const { io, print, colours } = context;
  const { log, metric, format } = options;
  const file = log === '-' ? { name: '<stdin>' } : { name: log, path: resolve(io.cwd, log) };
  const { text } = await readSource(file, io);
  const diagnosis = await diagnoseOutput([text], metric, format);
  if ('diagnostics' in diagnosis)
    throw new CommandFailure(
      diagnosis.diagnostics.map(({ message, hint }) => problem('usage', message, { hint })),
    );
  if (options.output === 'json') io.stdout.write(printJson({ version: 1, log: file.name, ...diagnosis }));
  else print(showDiagnosis(diagnosis, metric, colours));
  return exitCode.ok;
}
