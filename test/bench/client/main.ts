import { parseArgs } from 'node:util';
import { startDbManager } from '@katib-push/db-manager';
import { clients } from '../../client/conformance/clients.ts';
import { quantile } from '../ratio.ts';
import { type Cost, measureClient, measureMemory, measurePrint, measureReportMetrics } from './measure.ts';

/**
 * `pnpm bench:client [--rounds N]`: both clients against Katib's own report_metrics and against plain printing, with one
 * embedded DB manager. Each round runs all of them one after the other; figures are medians of the rounds' ratios, with
 * the lowest and the highest in brackets.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const CALLS = 300;
const LINES = 100_000;
const STEPS = 200;

const manager = await startDbManager();
try {
  const own: Cost[] = [];
  const ours = new Map(clients.map(({ language }) => [language, [] as Cost[]]));
  const plain = new Map(clients.map(({ language }) => [language, [] as number[]]));
  const added = new Map(clients.map(({ language }) => [language, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    own.push(await measureReportMetrics(manager, CALLS));
    for (const client of clients) {
      ours.get(client.language)?.push(await measureClient(manager, client, LINES));
      plain.get(client.language)?.push(await measurePrint(client, LINES));
      const { base, subject } = await measureMemory(manager, client, STEPS);
      added.get(client.language)?.push((subject - base) / 1024);
    }
  }
  console.log(
    `${rounds} rounds; report_metrics ${CALLS} calls, clients ${LINES} lines, memory ${STEPS * 10} lines`,
  );
  show(
    'report_metrics: rows per second',
    own.map(({ rowsPerSecond }) => rowsPerSecond),
    0,
  );
  show(
    'report_metrics: microseconds per call',
    own.map(({ micros }) => micros),
    0,
  );
  for (const { language } of clients) {
    const [costs = [], prints = [], megabytes = []] = [ours, plain, added].map((all) =>
      all.get(language),
    ) as [Cost[], number[], number[]];
    const against = (ratio: (cost: Cost, base: Cost) => number) =>
      costs.map((cost, round) => ratio(cost, own[round] as Cost));
    console.log('');
    show(
      `${language}: rows per second`,
      costs.map(({ rowsPerSecond }) => rowsPerSecond),
      0,
    );
    show(
      `${language}: rows per second / report_metrics`,
      against((a, b) => a.rowsPerSecond / b.rowsPerSecond),
      0,
      [100, 'least'],
    );
    show(
      `${language}: microseconds per metric line`,
      costs.map(({ micros }) => micros),
      1,
    );
    show(
      `${language}: a report_metrics call / a metric line`,
      against((a, b) => b.micros / a.micros),
      0,
      [50, 'least'],
    );
    show(`${language}: microseconds of a plain print`, prints, 2);
    show(
      `${language}: a metric line / a plain print`,
      costs.map(({ micros }, i) => micros / (prints[i] ?? 0)),
      1,
    );
    show(`${language}: memory added, MB`, megabytes, 1, [10, 'most']);
  }
} finally {
  await manager.close();
}

function show(
  name: string,
  figures: readonly number[],
  digits: number,
  limit?: readonly [number, 'least' | 'most'],
): void {
  const sorted = [...figures].sort((a, b) => a - b);
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const median = quantile(sorted, 0.5);
  const held = limit && (limit[1] === 'least' ? median >= limit[0] : median <= limit[0]);
  const verdict = limit ? `  (at ${limit[1]} ${limit[0]}: ${held ? 'held' : 'MISSED'})` : '';
  const spread = `[${text(sorted[0] ?? 0)} to ${text(sorted.at(-1) ?? 0)}]`;
  console.log(`${name.padEnd(54)} ${text(median).padStart(9)}  ${spread}${verdict}`);
  if (held === false) process.exitCode = 1;
}
