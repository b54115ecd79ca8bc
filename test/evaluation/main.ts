import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from '../bench/ratio.ts';
import { renderRows, writeSection } from '../write-section.ts';
import { type Cost, measureCost } from './cost.ts';
import { describeRows, measureStored } from './stored.ts';
import { readPaced, readTrials } from './trials.ts';
import { measureVisible } from './visible.ts';

/** `pnpm evaluate [--rounds N]`: runs the same trials with pull and with push, and writes the tables of docs/evaluation.md. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const root = join(import.meta.dirname, '../..');
const document = join(root, 'docs/evaluation.md');
const path = [join(root, '.venv/bin')];
const median = (figures: readonly number[]) =>
  quantile(
    [...figures].sort((a, b) => a - b),
    0.5,
  );

const trials = await readTrials();
const paced = await readPaced();

const stored: string[][] = [];
for (const trial of trials) {
  const { pull, push, rules, identical } = await measureStored(trial, path);
  if (!identical) {
    console.error(`${trial.name}: pull and push differ in a way that is not documented`);
    process.exitCode = 1;
  }
  stored.push([
    `\`${trial.name}\``,
    trial.shows,
    describeRows(pull),
    describeRows(push),
    rules.map((rule) => `\`${rule}\``).join(', '),
  ]);
}
publish(
  'stored',
  renderRows(['trial', 'what it is', 'pull: rows', 'push: rows', 'why they differ'], stored, [2, 3]),
);

const { pull, push } = await measureVisible(paced, path);
const seconds = (figures: readonly number[]) =>
  [Math.min(...figures), median(figures), Math.max(...figures)].map((s) => s.toFixed(2));
publish(
  'visible',
  renderRows(
    ['seconds from print to DB manager', 'least', 'median', 'most'],
    [
      ['pull (at the earliest)', ...seconds(pull)],
      ['push', ...seconds(push)],
    ],
    [1, 2, 3],
  ),
);

const costs: string[][] = [];
for (const trial of [...trials.filter(({ name }) => name !== 'py-exit-code'), paced]) {
  const cost = await measureCost(trial, path, trial === paced ? Math.min(2, rounds) : rounds);
  const cells = (of: (cost: Cost) => number, digits: number) => {
    const added = cost.push.map((one, round) => of(one) - of(cost.pull[round] as Cost));
    return [
      median(cost.pull.map(of)).toFixed(digits),
      median(added)
        .toFixed(digits)
        .replace(/^(?=\d)/, '+'),
    ];
  };
  costs.push([
    `\`${trial.name}\``,
    ...cells((one) => one.seconds, 2),
    ...cells((one) => one.cpu, 2),
    ...cells((one) => one.peak, 1),
  ]);
}
publish(
  'cost',
  renderRows(
    ['trial', 'seconds', 'push adds', 'CPU seconds', 'push adds', 'peak MB', 'push adds'],
    costs,
    [1, 2, 3, 4, 5, 6],
  ),
);

function publish(section: string, table: string): void {
  console.log(`\n${section}\n${table}`);
  writeSection(document, `pnpm evaluate, ${section}`, table);
}
