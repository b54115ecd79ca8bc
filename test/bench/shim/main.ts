import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDbManager } from '@katib-push/db-manager';
import { renderRows, writeSection } from '../../write-section.ts';
import { quantile } from '../ratio.ts';
import { measureHung, measureShare, measureStart, measureThroughput, measureVisible } from './measure.ts';

/**
 * `pnpm bench:shim [--rounds N] [--write]`: what the shim costs, against no shim, with one embedded DB manager. Figures
 * are medians of the rounds, with the lowest and the highest in brackets; `--write` puts them into docs/performance.md.
 * Exit code 1 if a limit is missed.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const MEGABYTES = 1000;
const STARTS = 10;
const SECONDS = 4;
const NOBODY = '127.0.0.1:1';
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();

interface Figure {
  readonly name: string;
  readonly limit: number;
  readonly most: boolean;
  readonly digits: number;
  readonly unit: string;
  readonly found: number[];
}
const figure = (name: string, kind: 'most' | 'least', limit: number, unit = '', digits = 1): Figure => ({
  name,
  limit,
  most: kind === 'most',
  digits,
  unit,
  found: [],
});

const throughput = figure('pass-through, no wanted name in it, against `cat | cat`', 'least', 0.4, '', 2);
const silent = figure('added to a program that does nothing, probe included', 'most', 45, ' ms', 0);
const metric = figure('the same with a metric, which is delivered', 'most', 60, ' ms', 0);
const plain = figure('share of a core, 10 000 lines a second, none of them a metric', 'most', 1, ' %');
const full = figure('the same where each is a metric', 'most', 8, ' %');
const memory = figure('peak memory', 'most', 16, ' MB');
const flooded = figure('peak memory, 100 000 metrics a second, no DB manager', 'most', 32, ' MB');
const visible = figure('from the write to the row', 'most', 50, ' ms', 0);
const hung = figure('longest write beside a DB manager that never answers', 'most', 200, ' ms', 0);
const all = [throughput, silent, metric, plain, full, memory, flooded, visible, hung];

const manager = await startDbManager();
try {
  for (let round = 0; round < rounds; round++) {
    const { base, subject } = await measureThroughput(python, manager, MEGABYTES);
    throughput.found.push(subject / base);
    const starts = await measureStart(python, manager, STARTS);
    silent.found.push(median(starts.silent) - median(starts.plain));
    metric.found.push(median(starts.metric) - median(starts.plain));
    const none = await measureShare(python, manager.address, 'epoch 12, step 3456', SECONDS);
    plain.found.push(none.share * 100);
    const each = await measureShare(python, manager.address, 'loss=0.123456', SECONDS);
    full.found.push(each.share * 100);
    memory.found.push(none.peak);
    flooded.found.push((await measureShare(python, NOBODY, 'loss=0.123456', SECONDS, 100_000)).peak);
    visible.found.push(median(await measureVisible(python, manager, 40)));
    hung.found.push(await measureHung(python, SECONDS));
    console.log(
      `round ${round + 1}: ${all.map(({ found, digits }) => found.at(-1)?.toFixed(digits)).join(', ')}`,
    );
  }
} finally {
  await manager.close();
}

const rows = all.map(({ name, limit, most, digits, unit, found }) => {
  const sorted = [...found].sort((a, b) => a - b);
  const held = most ? median(found) <= limit : median(found) >= limit;
  if (!held) process.exitCode = 1;
  const spread = `[${sorted[0]?.toFixed(digits)} to ${sorted.at(-1)?.toFixed(digits)}]`;
  return [
    name,
    `${median(found).toFixed(digits)}${unit} ${spread}`,
    `${most ? 'at most' : 'at least'} ${limit}${unit}`,
  ];
});
const table = renderRows(['the shim', 'measured', 'limit'], rows);
console.log(`\n${table}`);
if (values.write) {
  writeSection(join(import.meta.dirname, '../../../docs/performance.md'), 'pnpm bench:shim --write', table);
}

function median(found: readonly number[]): number {
  return quantile(
    [...found].sort((a, b) => a - b),
    0.5,
  );
}
