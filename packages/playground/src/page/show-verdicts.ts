import type { MetricReport, StatementReport } from '@katib-push/core';
import { hintBeside, type Problem } from 'katib-push/preview';
import type { Analysis, PlacedScript, PlacedStatement, Proposal, Subject } from '../engine/analysis.ts';
import { element, table } from './element.ts';
import { showProposals } from './show-proposals.ts';

/** What can be done from the panel. */
export interface Actions {
  /** Puts the cursor on a line of the editor. */
  readonly goTo: (line: number) => void;
  readonly adopt: (proposal: Proposal) => void;
}

/**
 * Fills the panel that says what was found and why: how each Experiment gets its metrics out, its metrics, its
 * statements, and what is wrong.
 */
export function showVerdicts(target: HTMLElement, answer: Analysis, { goTo, adopt }: Actions): void {
  const several = answer.subjects.length > 1;
  target.replaceChildren(
    ...showProblems(answer.problems, goTo),
    ...answer.subjects.flatMap((subject) => [
      ...(several ? [element('h2', {}, subject.title)] : []),
      ...showWay(subject),
      ...showProposals(subject.proposals, adopt),
      ...showProblems(subject.problems, goTo),
      ...showMetrics(subject.metrics),
      ...subject.scripts.flatMap((script) => showStatements(script, subject.scripts.length > 1, goTo)),
    ]),
  );
}

/** The way that metrics go, and why; collector and delivery, before and after. */
function showWay({ experiment }: Subject): readonly Node[] {
  if (!experiment) return [];
  const { collector, delivery, container, way, reason, words } = experiment;
  const facts: (readonly [string, string])[] = [
    ['Way', `${way ?? 'none'}: ${reason}`],
    ...(way === 'container' ? [['In the trial', 'each runs its command under the shim'] as const] : []),
    [
      'Collector',
      collector.before === collector.after ? collector.before : `${collector.before} → ${collector.after}`,
    ],
    ...(delivery ? [['Client', deliveries[delivery]] as const] : []),
    ...(container ? [['Container', container.name] as const] : []),
    ...(words ? [['Command', words.after.join(' ')] as const] : []),
  ];
  return [
    element(
      'dl',
      { class: 'facts' },
      ...facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    ),
  ];
}

const deliveries = {
  env: 'in an environment variable',
  inline: 'in the script itself',
  image: 'a module of the image',
} as const;

function showProblems(problems: readonly Problem[], goTo: (line: number) => void): readonly Node[] {
  if (problems.length === 0) return [];
  const items = problems.map(({ severity, code, message, hint, place }) =>
    element(
      'li',
      { class: severity },
      element('span', { class: 'severity' }, severity),
      element(
        'span',
        {},
        element('span', { class: 'message' }, message),
        ' ',
        // a page has no flags
        element('span', { class: 'hint' }, hintBeside(hint).replace(', or add --enable', '')),
      ),
      element(
        'span',
        { class: 'where' },
        place ? lineButton(place.line, goTo) : undefined,
        ' ',
        element('code', {}, code),
      ),
    ),
  );
  return [element('h2', {}, 'What to know'), element('ul', { class: 'problems' }, ...items)];
}

function showMetrics(metrics: readonly MetricReport[]): readonly Node[] {
  if (metrics.length === 0) return [];
  const words = { yes: 'covered', possibly: 'possibly', no: 'not covered' } as const;
  const rows = metrics.map(({ name, objective, covered, reason }) => [
    element('span', {}, element('code', {}, name), objective ? ' objective' : ''),
    element('span', { class: `badge covered-${covered}` }, words[covered]),
    reason,
  ]);
  return [element('h2', {}, 'Metrics'), table('Metrics', ['Metric', 'Pushed', 'Why'], rows)];
}

function showStatements(script: PlacedScript, named: boolean, goTo: (line: number) => void): readonly Node[] {
  if (script.statements.length === 0) return [];
  const title = named ? `Output statements of ${script.name} (${script.language})` : 'Output statements';
  const rows = script.statements.map((statement) => [
    lineButton(statement.at ?? statement.line, goTo),
    verdictOf(statement),
    element(
      'span',
      {},
      element('code', {}, firstLine(statement.text)),
      element('span', { class: 'why' }, whyOf(statement)),
    ),
  ]);
  return [element('h2', {}, title), table(title, ['Line', 'Verdict', 'Statement, and why'], rows)];
}

function verdictOf({ verdict, reached }: PlacedStatement): HTMLElement {
  const dot = element('span', {
    class: `dot ${verdict} ${reached ? 'reached' : ''}`,
    'aria-hidden': 'true',
  });
  return element(
    'span',
    { class: 'verdict' },
    dot,
    verdict,
    reached ? '' : element('span', { class: 'left' }, 'left alone'),
  );
}

function whyOf({ metrics, reason }: StatementReport): string {
  const names = metrics
    .map(({ name, value }) => (value === undefined ? name : `${name} ← ${value}`))
    .join(', ');
  return names === '' ? reason : `${names}: ${reason}`;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  const short = line.length > 100 ? `${line.slice(0, 100)}…` : line;
  return text.length > line.length ? `${short} …` : short;
}

function lineButton(line: number, goTo: (line: number) => void): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'line', 'aria-label': `Go to line ${line}` },
    String(line),
  );
  button.addEventListener('click', () => goTo(line));
  return button;
}
