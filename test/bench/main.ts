import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { everyNeed } from '@katib-push/core';
import { createPython } from '@katib-push/python';
import type { Ratio } from './ratio.ts';
import { benchJavaScript, benchMemory, benchPython, benchShell } from './rewrite.ts';
import { benchRivals } from './rivals/bench.ts';

const root = join(import.meta.dirname, '../..');
const limits: readonly (readonly [RegExp, number])[] = [
  [/^python rewrite \/ tree-sitter parse/, 2.5],
  [/^javascript rewrite \/ Babel parse/, 4],
  [/^shell unwrap/, 0.1],
];

function show(ratio: Ratio): void {
  const limit = limits.find(([pattern]) => pattern.test(ratio.name))?.[1];
  const verdict =
    limit === undefined
      ? ''
      : ratio.median <= limit
        ? `  (limit ${limit}: held)`
        : `  (limit ${limit}: MISSED)`;
  const round = (value: number) => value.toFixed(value < 0.2 ? 3 : 2);
  const spread = `${round(ratio.low)}–${round(ratio.high)}`;
  console.log(
    `${ratio.name.padEnd(44)} ${round(ratio.median).padStart(7)}  [${spread}]  ${ratio.base.toFixed(3)} → ${ratio.subject.toFixed(3)} ms${verdict}`,
  );
}

console.log('ratio (median of pairs in one run)             median  [middle half]  base → subject');
for (const bench of [benchPython, benchJavaScript, benchShell, benchRivals])
  for (const ratio of await bench()) show(ratio);

const memory = await benchMemory();
const megabytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MB`;
console.log(
  `memory left by 5 000 rewrites: heap ${megabytes(memory.heap)}, external ${megabytes(memory.external)}, resident ${megabytes(memory.resident)}`,
);

const python = join(root, '.venv/bin/python');
const { client } = await createPython();
const printed = execFileSync(
  existsSync(python) ? python : 'python3',
  [join(root, 'test/client/bench_print.py')],
  // What is measured is what a trial runs, which is less than the file.
  { encoding: 'utf8', env: { ...process.env, KATIB_PUSH_PYTHON: client?.source(everyNeed) } },
);
const {
  start_ms: start,
  plain,
  metrics,
} = JSON.parse(printed) as Record<'start_ms' | 'plain' | 'metrics', number>;
const held = (value: number, limit: number): string =>
  `(limit ${limit}: ${value <= limit ? 'held' : 'MISSED'})`;
console.log(`wrapped print / print, no candidate: ${plain.toFixed(2)} ${held(plain, 6)}`);
console.log(`wrapped print / print, two metrics: ${metrics.toFixed(2)} ${held(metrics, 20)}`);
console.log(`added to the start of a script: ${start.toFixed(1)} ms ${held(start, 30)}`);
