import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Way } from '@katib-push/katib';
import { quantile } from '../bench/ratio.ts';
import { renderRows, writeSection } from '../write-section.ts';
import { type Cost, measureCost } from './cost.ts';
import { describeRows, measurePulled, measurePushed } from './stored.ts';
import { readPaced, readTrials } from './trials.ts';
import { measureVisiblePulled, measureVisiblePushed } from './visible.ts';

/**
 * `pnpm evaluate [--rounds N]`: runs the same trials with pull and with both ways of pushing, and writes the tables of
 * docs/evaluation.md.
 */
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
  const pull = await measurePulled(trial, path);
  const container = await measurePushed(trial, 'container', path);
  const source = await measurePushed(trial, 'source', path);
  for (const [way, { identical }] of Object.entries({ container, source })) {
    if (identical) continue;
    console.error(`${trial.name}: pull and ${way} differ in a way that is not documented`);
    process.exitCode = 1;
  }
  stored.push([
    `\`${trial.name}\``,
    trial.shows,
    describeRows(pull),
    describeRows(container.rows),
    describeRows(source.rows),
    describeRules({ container: container.rules, source: source.rules }),
  ]);
}
publish(
  'stored',
  renderRows(
    ['trial', 'what it is', 'pull: rows', 'container', 'source', 'why they differ'],
    stored,
    [2, 3, 4],
  ),
);

const seconds = (figures: readonly number[]) =>
  [Math.min(...figures), median(figures), Math.max(...figures)].map((s) => s.toFixed(2));
publish(
  'visible',
  renderRows(
    ['seconds from print to DB manager', 'least', 'median', 'most'],
    [
      ['pull (at the earliest)', ...seconds(await measureVisiblePulled(paced, path))],
      ['container', ...seconds(await measureVisiblePushed(paced, 'container', path))],
      ['source', ...seconds(await measureVisiblePushed(paced, 'source', path))],
    ],
    [1, 2, 3],
  ),
);

const costs: string[][] = [];
for (const trial of [...trials.filter(({ name }) => name !== 'py-exit-code'), paced]) {
  const cost = await measureCost(trial, path, trial === paced ? Math.min(2, rounds) : rounds);
  const cells = (of: (cost: Cost) => number, digits: number) => {
    const added = (way: readonly Cost[]) =>
      median(way.map((one, round) => of(one) - of(cost.pull[round] as Cost)))
        .toFixed(digits)
        .replace(/^(?=\d)/, '+');
    return [median(cost.pull.map(of)).toFixed(digits), added(cost.container), added(cost.source)];
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
    [
      'trial',
      ...['seconds', 'CPU seconds', 'peak MB'].flatMap((what) => [what, 'container adds', 'source adds']),
    ],
    costs,
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ),
);

function publish(section: string, table: string): void {
  console.log(`\n${section}\n${table}`);
  writeSection(document, `pnpm evaluate, ${section}`, table);
}

/** The rules that were met, with the way where only one of them met it. */
function describeRules(met: Readonly<Record<Way, readonly string[]>>): string {
  const only = (rule: string) =>
    met.container.includes(rule) ? (met.source.includes(rule) ? '' : ' (container)') : ' (source)';
  return [...new Set([...met.container, ...met.source])].map((rule) => `\`${rule}\`${only(rule)}`).join(', ');
}
