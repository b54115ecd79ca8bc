import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ratio } from './ratio.ts';
import { benchMemory, benchRewrite } from './rewrite.ts';

const root = join(import.meta.dirname, '../..');
const limits: readonly (readonly [RegExp, number])[] = [
  [/^rewrite \/ tree-sitter parse/, 2.5],
  [/^wrapped print, no candidate/, 6],
  [/^wrapped print, two metrics/, 20],
];

function show(ratio: Ratio): void {
  const limit = limits.find(([pattern]) => pattern.test(ratio.name))?.[1];
  const verdict =
    limit === undefined
      ? ''
      : ratio.median <= limit
        ? `  (limit ${limit}: held)`
        : `  (limit ${limit}: MISSED)`;
  const spread = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`;
  console.log(
    `${ratio.name.padEnd(44)} ${ratio.median.toFixed(2).padStart(7)}  [${spread}]  ${ratio.base.toFixed(3)} → ${ratio.subject.toFixed(3)} ms${verdict}`,
  );
}

console.log('ratio (median of pairs in one run)             median  [middle half]  base → subject');
for (const ratio of await benchRewrite()) show(ratio);

const memory = await benchMemory();
const megabytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MB`;
console.log(
  `memory left by 5 000 rewrites: heap ${megabytes(memory.heap)}, external ${megabytes(memory.external)}, resident ${megabytes(memory.resident)}`,
);

const script = join(root, 'test/client/bench_print.py');
if (existsSync(script)) {
  const python = existsSync(join(root, '.venv/bin/python')) ? join(root, '.venv/bin/python') : 'python3';
  console.log(execFileSync(python, [script], { encoding: 'utf8' }).trim());
}
