import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import { describeFault } from '../problems/describe-fault.ts';
import { CommandFailure, problem } from '../problems/problem.ts';
import type { RunReport } from './run-report.ts';
import { writePage } from './write-page.ts';

/** Makes sure before a run that its report can be written. Throws a CommandFailure where a folder is in its place. */
export async function checkReportPath(path: string, { io }: Context): Promise<void> {
  if ((await io.statFile(resolve(io.cwd, path))) === 'folder') throw unwritable(path, 'it is a folder');
}

/** Writes the page of a run. Throws a CommandFailure where the file can't be written. */
export async function saveReport(
  path: string,
  report: RunReport,
  { io, note, errorColours: colours }: Context,
): Promise<void> {
  const require = createRequire(import.meta.url);
  const own = (name: string) => fileURLToPath(new URL(`../../report/${name}`, import.meta.url));
  const [library, draw, libraryStyle, style] = await Promise.all([
    readFile(require.resolve('uplot/dist/uPlot.iife.min.js'), 'utf8'),
    readFile(own('draw-curves.js'), 'utf8'),
    readFile(require.resolve('uplot/dist/uPlot.min.css'), 'utf8'),
    readFile(own('style.css'), 'utf8'),
  ]);
  const page = writePage(report, { scripts: [library, draw], styles: [libraryStyle, style] });
  await io.writeFile(resolve(io.cwd, path), page).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(path, describeFault(error));
  });
  note([colours.dim(`report: ${path}`)]);
}

function unwritable(path: string, why: string): CommandFailure {
  return new CommandFailure([
    problem('file-not-writable', `${path} can't be written: ${why}.`, { file: path }),
  ]);
}
