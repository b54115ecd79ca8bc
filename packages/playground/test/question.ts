import type { Question } from '../src/engine/analysis.ts';

/** A question about a script or an Experiment, with what a test leaves out. */
export function questionOf(question: Partial<Question> & Pick<Question, 'text' | 'kind'>): Question {
  return { metrics: ['loss'], filters: [], log: '', ...question };
}
