import { examples } from 'virtual:examples';
import { createEditor } from '../editor/create-editor.ts';
import { showVerdicts as markVerdicts, showProblems } from '../editor/marks.ts';
import type { Analysis, PlacedStatement, Proposal, Question, TextKind } from '../engine/analysis.ts';
import { startEngine } from '../engine/start-engine.ts';
import { byId, element } from './element.ts';
import { fromFragment, toFragment } from './link.ts';
import { isManifest, kinds, type Setup, toQuestion } from './setup.ts';
import { copy, createScriptDiffs, createTextDiff } from './show-diffs.ts';
import { showLog } from './show-log.ts';
import { showFailure, showOutcome } from './show-outcome.ts';
import { showVerdicts } from './show-verdicts.ts';
import { createTabs } from './tabs.ts';
import { startTheme } from './theme.ts';

const example = byId('example', HTMLSelectElement);
const kind = byId('kind', HTMLSelectElement);
const metrics = byId('metrics', HTMLInputElement);
const filters = byId('filters', HTMLInputElement);
const outcome = byId('outcome', HTMLElement);
const panel = (name: string): HTMLElement => byId(`panel-${name}`, HTMLElement);

/** The last answer, and what was asked. */
let answer: Analysis | undefined;
let asked: Question | undefined;
/** Whether the next answer scrolls to its first statement: the text is new to the reader. */
let isNew = false;

const log = element('textarea', {
  id: 'log',
  rows: '8',
  spellcheck: 'false',
  placeholder: 'epoch 1: loss=0.53 accuracy=0.71',
});
const logRows = element('div');
panel('log').append(element('label', { for: 'log' }, 'Output of a trial'), log, logRows);

const engine = startEngine(({ answer: next, failure, took }, question) => {
  document.documentElement.dataset.took = took.toFixed(1);
  if (!next) return showFailure(outcome, failure ?? '');
  answer = next;
  asked = question;
  show();
  const [first] = statements();
  if (isNew && first?.at !== undefined) editor.reveal(first.at);
  isNew = false;
});
const editor = createEditor(byId('editor', HTMLElement), (text, before) => {
  const manifest = isManifest(text);
  if (manifest !== isManifest(before)) setKind(manifest ? 'experiment' : 'python');
  example.value = examples.find((one) => one.text === text)?.name ?? '';
  ask();
});
const scripts = createScriptDiffs(panel('diff'));
const text = createTextDiff(panel('text'), () => ({ text: asked?.text ?? '', language: asked?.kind ?? '' }));
const tabs = createTabs({ verdicts: 'Verdicts', diff: 'Diff', text: 'Rewritten', log: 'Log' }, () => show());

/** Shows the last answer, in the panel that is selected alone. */
function show(): void {
  if (!answer) return;
  const { subjects } = answer;
  showOutcome(outcome, answer);
  markVerdicts(editor.view, subjects);
  showProblems(editor.view, [...answer.problems, ...subjects.flatMap(({ problems }) => problems)]);
  const found = statements().length;
  tabs.note('verdicts', found === 0 ? '' : String(found));
  tabs.note('log', answer.log && answer.log.rows.length > 0 ? String(answer.log.rows.length) : '');
  const selected = tabs.selected();
  if (selected === 'verdicts') showVerdicts(panel('verdicts'), answer, { goTo: editor.goTo, adopt });
  if (selected === 'diff') scripts.show(answer);
  if (selected === 'text') text.show(answer);
  if (selected === 'log') showLog(logRows, answer.log);
}

function statements(): readonly PlacedStatement[] {
  return answer?.subjects.flatMap(({ scripts }) => scripts.flatMap((script) => script.statements)) ?? [];
}

/** Takes a proposal: an Experiment's into its text, a script's into its filter. */
function adopt({ adopted, filters: proposed }: Proposal): void {
  if (adopted !== undefined) editor.setText(adopted);
  else filters.value = proposed?.join(';') ?? filters.value;
  ask();
}

function readSetup(): Setup {
  return {
    text: editor.view.state.doc.toString(),
    kind: kind.value as TextKind,
    metrics: metrics.value,
    filters: filters.value,
    log: log.value,
  };
}

function ask(): void {
  engine.ask(toQuestion(readSetup()));
}

function setKind(next: TextKind): void {
  kind.value = next;
  document.documentElement.dataset.kind = next === 'experiment' ? 'experiment' : 'script';
  editor.setKind(next);
}

function apply(setup: Setup): void {
  metrics.value = setup.metrics;
  filters.value = setup.filters;
  log.value = setup.log;
  isNew = true;
  editor.setText(setup.text);
  setKind(setup.kind);
  ask();
}

function applyExample(name: string): void {
  const chosen = examples.find((one) => one.name === name);
  if (chosen) apply({ ...readSetup(), text: chosen.text, kind: 'experiment', log: '' });
}

example.append(element('option', { value: '' }, 'Choose one …'));
for (const { name, shows } of examples) example.append(element('option', { value: name }, shows));
for (const [value, title] of Object.entries(kinds)) kind.append(element('option', { value }, title));
example.addEventListener('change', () => applyExample(example.value));
kind.addEventListener('change', () => {
  setKind(kind.value as TextKind);
  ask();
});
for (const field of [metrics, filters, log]) field.addEventListener('input', ask);
const share = byId('share', HTMLButtonElement);
share.addEventListener('click', async () => {
  history.replaceState(null, '', await toFragment(readSetup()));
  await copy(share, location.href);
});
startTheme(byId('theme', HTMLButtonElement));

const linked = await fromFragment(location.hash);
metrics.value = 'accuracy';
if (linked) apply(linked);
else applyExample(examples[0]?.name ?? '');
addEventListener('hashchange', async () => {
  const setup = await fromFragment(location.hash);
  if (setup) apply(setup);
});
