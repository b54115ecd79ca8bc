import type { LogReading, LogRow } from '../engine/analysis.ts';
import { element, table } from './element.ts';

/** Rows of a log that are shown; the rest is only counted. */
const mostRows = 500;

/** Fills the list below the log: what Katib's collector reads, and what a push client sends for it. */
export function showLog(target: HTMLElement, reading: LogReading | undefined): void {
  if (!reading) {
    target.replaceChildren(
      element(
        'p',
        { class: 'quiet' },
        'Paste what a trial printed, and see which rows Katib’s collector reads from it and which are pushed.',
      ),
    );
    return;
  }
  const { rows, wanted, lines, problem } = reading;
  if (problem !== undefined) {
    target.replaceChildren(element('p', { class: 'outcome failed', role: 'alert' }, problem));
    return;
  }
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const pushed = rows.filter((row) => row.pushed !== '' && !row.notFinite).length;
  const summary = `${count(lines, 'line')}, looked for ${wanted.join(', ')}: Katib reads ${count(rows.length, 'row')}, ${pushed} of them ${pushed === 1 ? 'is' : 'are'} pushed.`;
  const missing = reading.unavailable
    ? element(
        'p',
        { class: 'outcome failed' },
        `The objective ${wanted[0]} is in no row: Katib stores “unavailable” and nothing else.`,
      )
    : undefined;
  const shown = rows
    .slice(0, mostRows)
    .map((row) => [
      String(row.line),
      element('code', {}, row.name),
      element('code', {}, row.pulled === '' ? '(empty)' : row.pulled),
      describePushed(row),
      element('code', { class: 'text' }, row.text.length > 160 ? `${row.text.slice(0, 160)}…` : row.text),
    ]);
  target.replaceChildren(
    element('p', { role: 'status' }, summary),
    ...(missing ? [missing] : []),
    ...(shown.length > 0
      ? [table('Rows of the log', ['Line', 'Metric', 'Katib stores', 'Pushed', 'Text'], shown)]
      : []),
    ...(rows.length > mostRows
      ? [element('p', { class: 'quiet' }, `${rows.length - mostRows} more rows are not shown.`)]
      : []),
  );
}

function describePushed({ pulled, pushed, notFinite }: LogRow): HTMLElement {
  if (pushed === '') return element('span', { class: 'badge covered-no' }, 'nothing: no number');
  if (notFinite) return element('span', { class: 'badge covered-possibly' }, `${pushed}: only on demand`);
  return element('code', { class: pushed === pulled ? '' : 'differs' }, pushed);
}
