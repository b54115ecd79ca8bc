import type { Analysis, Subject } from '../engine/analysis.ts';
import { element } from './element.ts';

/** Writes the one line that says what comes of the text. Screen readers hear it when it changes. */
export function showOutcome(target: HTMLElement, answer: Analysis): void {
  const said = answer.subjects.map(describe);
  const failure = answer.problems.find(({ severity }) => severity === 'error');
  const all = failure ? [...said, { kind: 'failed', word: 'Not readable', why: failure.message }] : said;
  const text = all.map(({ word, why }) => `${word}: ${why}`).join('\n');
  if (target.dataset.said === text) return;
  target.dataset.said = text;
  target.replaceChildren(
    ...all.map(({ kind, word, why }) =>
      element('span', { class: `outcome ${kind}` }, element('strong', {}, word), ` ${why}`),
    ),
  );
}

/** Says that there is no answer, and why. */
export function showFailure(target: HTMLElement, why: string): void {
  delete target.dataset.said;
  const word = element('strong', {}, 'The engine failed:');
  target.replaceChildren(element('span', { class: 'outcome failed' }, word, ` ${why}`));
}

function describe({ experiment, unasked, scripts, problems, title }: Subject): {
  readonly kind: string;
  readonly word: string;
  readonly why: string;
} {
  if (experiment) {
    if (unasked)
      return {
        kind: 'unchanged',
        word: 'Stays as it is',
        why: `${title}: nothing asks for the rewrite. With it: ${sentence(experiment.summary)}`,
      };
    const words = { rewritten: 'Would change', unchanged: 'Stays as it is', failed: 'Can’t be rewritten' };
    return {
      kind: experiment.outcome,
      word: words[experiment.outcome],
      why: `${title}: ${sentence(experiment.summary)}`,
    };
  }
  const statements = scripts.flatMap((script) => script.statements);
  const changed = statements.filter(({ rewritten }) => rewritten).length;
  const error = problems.find(({ severity }) => severity === 'error');
  if (statements.length === 0)
    return {
      kind: 'unchanged',
      word: 'Stays as it is',
      why: error?.message ?? 'No output statement was found.',
    };
  return {
    kind: changed > 0 ? 'rewritten' : 'unchanged',
    word: changed > 0 ? 'Would change' : 'Stays as it is',
    why: `${changed} of ${statements.length} output ${statements.length === 1 ? 'statement' : 'statements'} rewritten.`,
  };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
