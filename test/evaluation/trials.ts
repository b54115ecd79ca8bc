import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteExperiment } from '@katib-push/katib';
import { parse } from 'yaml';
import { readCases } from '../cases/read-cases.ts';

/** An Experiment that is run both ways. */
export interface Trial {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  /** With a sidecar, as Katib collects by default. */
  readonly pull: unknown;
  /** As the rewrite makes it. */
  readonly push: unknown;
  readonly set: Readonly<Record<string, string>>;
}

/** Cases of `fixtures/experiments`: what the SDK makes, what people write, and where the two ways differ. */
const NAMES = [
  'sdk-print-enabled',
  'sdk-several-metrics',
  'sdk-logging',
  'sdk-env',
  'embed-bash-heredoc-quoted',
  'filter-two',
  'js-formats',
  'py-tqdm',
  'py-multiprocessing-spawn',
  'py-many-lines',
  'py-values',
  'py-numpy',
  'py-exit-code',
];

export async function readTrials(): Promise<readonly Trial[]> {
  const cases = readCases().filter(({ name }) => NAMES.includes(name));
  const missing = NAMES.filter((name) => !cases.some((one) => one.name === name));
  if (missing.length > 0) throw new Error(`no such case in fixtures/experiments: ${missing.join(', ')}`);
  return Promise.all(
    NAMES.map(async (wanted) => {
      const { name, shows, experiment, set } = cases.find(
        (one) => one.name === wanted,
      ) as (typeof cases)[number];
      return { name, shows, pull: experiment, push: await rewrite(experiment), set };
    }),
  );
}

/** The trial of `paced.yaml`, which takes 10 seconds. */
export async function readPaced(): Promise<Trial> {
  const pull = parse(readFileSync(join(import.meta.dirname, 'paced.yaml'), 'utf8'));
  return {
    name: 'paced',
    shows: '20 epochs of half a second',
    pull,
    push: await rewrite(pull),
    set: { lr: '0.02' },
  };
}

async function rewrite(experiment: unknown): Promise<unknown> {
  const { experiment: rewritten, patch } = await rewriteExperiment(experiment);
  if (patch.length === 0)
    throw new Error('the rewrite leaves one of the Experiments as it is: choose another one');
  return rewritten;
}
