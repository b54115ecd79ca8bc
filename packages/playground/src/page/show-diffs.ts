import type { EditorView } from '@codemirror/view';
import { createDiff } from '../editor/create-diff.ts';
import type { Analysis } from '../engine/analysis.ts';
import { element } from './element.ts';

/** A panel of texts before and after, made anew only where they differ from those it shows. */
export interface DiffPanel {
  readonly show: (answer: Analysis) => void;
}

interface Pair {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly language: string;
}

/** The panel of the scripts: each one as the container runs it, before and after. */
export function createScriptDiffs(target: HTMLElement): DiffPanel {
  return createPanel(target, (answer) =>
    answer.subjects.flatMap(({ title, scripts, experiment }) =>
      scripts.map(({ name, language, layers, before, after }) => ({
        title: [
          ...(answer.subjects.length > 1 ? [title] : []),
          ...(experiment ? layers.slice(1) : []),
          `${name} (${language})`,
        ].join(' › '),
        before,
        after,
        language,
      })),
    ),
  );
}

/** The panel of the whole text, with a button that copies it. `before` gives the text that was asked about. */
export function createTextDiff(
  target: HTMLElement,
  before: () => { readonly text: string; readonly language: string },
): DiffPanel {
  return createPanel(
    target,
    ({ after }) => [{ title: 'Rewritten', before: before().text, after, language: before().language }],
    true,
  );
}

function createPanel(
  target: HTMLElement,
  pairsOf: (answer: Analysis) => readonly Pair[],
  copies = false,
): DiffPanel {
  let shown = '';
  let views: readonly EditorView[] = [];
  return {
    show(answer) {
      const pairs = pairsOf(answer);
      const key = JSON.stringify(pairs);
      if (key === shown) return;
      shown = key;
      for (const view of views) view.destroy();
      views = [];
      target.replaceChildren();
      if (pairs.length === 0) target.append(element('p', { class: 'quiet' }, 'No script was found.'));
      views = pairs.map((pair) => showPair(target, pair, copies));
    },
  };
}

function showPair(
  target: HTMLElement,
  { title, before, after, language }: Pair,
  copies: boolean,
): EditorView {
  const note = before === after ? element('span', { class: 'quiet' }, ' unchanged') : undefined;
  const head = element('div', { class: 'diff-head' }, element('h2', {}, title, note));
  if (copies) {
    const button = element('button', { type: 'button' }, 'Copy');
    button.addEventListener('click', () => copy(button, after));
    head.append(button);
  }
  const body = element('div', { class: 'diff' });
  target.append(head, body);
  return createDiff(body, title, before, after, language);
}

/** Copies a text, and says so on the button. */
export async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.dataset.label ?? button.textContent ?? '';
  button.dataset.label = label;
  button.textContent = await navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'Could not copy',
  );
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}
