import type { Question, TextKind } from '../engine/analysis.ts';

/** What the user has set: all that a link holds. */
export interface Setup {
  readonly text: string;
  readonly kind: TextKind;
  /** Names, separated by commas; the objective first. */
  readonly metrics: string;
  /** Filters, separated by `;` as Katib itself splits them. */
  readonly filters: string;
  readonly log: string;
}

/** What each kind of text is called on the page. */
export const kinds: Readonly<Record<TextKind, string>> = {
  experiment: 'Experiment (YAML)',
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  shell: 'shell',
  r: 'R',
};

/** The question that the engine is asked. */
export function toQuestion(setup: Setup): Question {
  const split = (text: string, by: string) => text.split(by).filter((part) => part.trim() !== '');
  return {
    ...setup,
    metrics: split(setup.metrics, ',').map((name) => name.trim()),
    filters: split(setup.filters, ';'),
  };
}

/** Whether a text looks like a manifest. */
export function isManifest(text: string): boolean {
  return /^["']?apiVersion["']?\s*:|^["']?kind["']?\s*:\s*["']?Experiment|^\s*\{\s*"(?:apiVersion|kind|items)"\s*:/m.test(
    text,
  );
}
