import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rewriteExperiment } from '../src/index.ts';
import { job, sampleExperiment } from './sample.ts';

/** One public Experiment as facts: see fixtures/README.md. */
interface Survey {
  readonly kind: string;
  /** The first words of the command and args. */
  readonly command: readonly string[];
  readonly collector: string;
  readonly metricsFormat: readonly string[] | null;
  readonly earlyStopping: boolean;
}

const file = new URL('../../../fixtures/commands/public.jsonl', import.meta.url);
const surveyed = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line): Survey => JSON.parse(line));

async function wayOf({ kind, command, collector, metricsFormat, earlyStopping }: Survey) {
  const container = { name: 'main', image: 'x', ...(command.length > 0 ? { command } : {}) };
  const experiment = sampleExperiment(
    [['metadata', 'annotations'], { 'katib-push.io/rewrite': 'enabled' }],
    [
      ['spec', 'metricsCollectorSpec'],
      { collector: { kind: collector }, ...(metricsFormat ? { source: { filter: { metricsFormat } } } : {}) },
    ],
    [['spec', 'earlyStopping'], earlyStopping ? { algorithmName: 'medianstop' } : undefined],
    [
      ['spec', 'trialTemplate', 'trialSpec'],
      kind === 'ConfigMap' ? undefined : { ...job([container]), kind },
    ],
  );
  const { report } = await rewriteExperiment(experiment);
  return { way: report.way, reason: report.diagnostics[0]?.code };
}

it('captures nine of ten public Experiments that print to StdOut, and says why not the others', async () => {
  const counted = surveyed.filter(
    ({ collector, command, earlyStopping }) => collector === 'StdOut' && command.length > 0 && !earlyStopping,
  );
  const ways = await Promise.all(counted.map(wayOf));
  const captured = ways.filter(({ way }) => way === 'container');
  expect(captured.length / counted.length).toBeGreaterThanOrEqual(0.9);
  for (const { way, reason } of ways) if (way === null) expect(reason).toBe('no-sure-interpreter');
});

it('captures those with early stopping and with a file too, and leaves those without a command', async () => {
  for (const survey of surveyed) {
    const { way, reason } = await wayOf(survey);
    if (survey.kind === 'ConfigMap') expect(reason).toBe('no-trial-spec');
    else if (survey.command.length === 0) expect(reason).toBe('no-command');
    else if (survey.collector === 'Custom') expect(reason).toBe('other-collector');
    else if (survey.command[0] !== 'mpirun') expect(way).toBe('container');
  }
});
