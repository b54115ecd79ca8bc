import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExperimentRewrite, rewriteExperiment, rewriteTrial } from '@katib-push/katib';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './tools.ts';

const cases = join(root, 'fixtures/experiments');
const page = readFileSync(join(root, 'docs/operate.md'), 'utf8');

/** Median and largest value as the page gives them, in the row that begins so. */
function statedFor(row: string): readonly number[] {
  const cells =
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${row}`))
      ?.split('|') ?? [];
  return (cells.at(-2) ?? '').match(/[\d ]*\d/g)?.map((text) => Number(text.replaceAll(' ', ''))) ?? [];
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('docs/operate.md says how much objects grow, within a tenth', async () => {
  const grown: Record<string, number[]> = { container: [], source: [], trial: [] };
  for (const name of readdirSync(cases)) {
    const read = (file: string): unknown => parse(readFileSync(join(cases, name, file), 'utf8'));
    const given = read('input.yaml');
    const { experiment, report }: ExperimentRewrite = await rewriteExperiment(given);
    if (report.way) grown[report.way]?.push(sizeOf(experiment) - sizeOf(given));
    if (!existsSync(join(cases, name, 'trial.yaml'))) continue;
    const trial = read('trial.yaml');
    const captured = await rewriteTrial(trial);
    if (captured.report.outcome === 'captured') grown.trial?.push(sizeOf(captured.trial) - sizeOf(trial));
  }
  const rows = {
    container: 'Experiment whose trials are captured',
    source: 'Experiment whose script is rewritten',
    trial: 'Trial that is captured',
  };
  for (const [kind, row] of Object.entries(rows)) {
    // an Experiment that was rewritten before and only gains an annotation says nothing of the growth
    const sizes = (grown[kind] ?? [])
      .filter((size) => kind === 'container' || size > 10_000)
      .sort((a, b) => a - b);
    const [median, most] = statedFor(row) as [number, number];
    expect(sizes.length, row).toBeGreaterThan(3);
    expect(
      Math.abs((sizes[sizes.length >> 1] as number) / median - 1),
      `${row}: median ${sizes[sizes.length >> 1]}`,
    ).toBeLessThan(0.1);
    expect(Math.abs((sizes.at(-1) as number) / most - 1), `${row}: most ${sizes.at(-1)}`).toBeLessThan(0.1);
  }
});
