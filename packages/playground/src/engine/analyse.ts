import { prepareReading, readOutput, type WantedMetrics } from '@katib-push/oracle/collect';
import type { Analysis, LogReading, Question } from './analysis.ts';
import { previewExperiments } from './preview-experiments.ts';
import { previewScript } from './preview-script.ts';

/** Answers one question of the page: what would be rewritten and why, and what is read from the log. */
export async function analyse(question: Question): Promise<Analysis> {
  const { wanted, ...answer } =
    question.kind === 'experiment' ? await previewExperiments(question) : await previewScript(question);
  return question.log.trim() === '' ? answer : { ...answer, log: readLog(question.log, wanted) };
}

/** What Katib's collector reads from a log, row by row, and what a push client sends for each. */
function readLog(log: string, { wanted, filters }: WantedMetrics): LogReading {
  const lines = log.replace(/\n$/, '').split('\n');
  const nothing = { wanted, rows: [], lines: lines.length, unavailable: true };
  if (wanted.length === 0) return { ...nothing, problem: 'No metric is wanted: name the objective.' };
  try {
    const rows = readOutput(log, prepareReading(wanted, filters)).map(
      ({ line, name, value, pushed, notFinite }) => ({
        line,
        text: lines[line - 1] ?? '',
        name,
        pulled: value,
        pushed,
        notFinite,
      }),
    );
    return { ...nothing, rows, unavailable: rows.every(({ name }) => name !== wanted[0]) };
  } catch (error) {
    return { ...nothing, problem: error instanceof Error ? error.message : String(error) };
  }
}
