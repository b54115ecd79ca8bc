import type { Analysis, Question } from './analysis.ts';
import { previewExperiments } from './preview-experiments.ts';
import { previewScript } from './preview-script.ts';
import { readLog } from './read-log.ts';

/** Answers one question of the page: what would be rewritten and why, and what is read from the log. */
export async function analyse(question: Question): Promise<Analysis> {
  const { wanted, ...answer } =
    question.kind === 'experiment' ? await previewExperiments(question) : await previewScript(question);
  return question.log.trim() === '' ? answer : { ...answer, log: readLog(question.log, wanted) };
}
