import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { annotationPrefix, type Way, wrapTemplate } from '@katib-push/katib';
import { parse } from 'yaml';
import { readCases } from '../cases/read-cases.ts';

/** An Experiment that is run as it is and pushed by each way. */
export interface Trial {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  /** With a sidecar, as Katib collects by default. */
  readonly pull: unknown;
  readonly pushed: Readonly<Record<Way, Pushed>>;
  readonly set: Readonly<Record<string, string>>;
}

/** An Experiment that asks for one way of pushing. */
export interface Pushed {
  readonly asked: unknown;
  /** As the rewrite makes it, without a webhook for Trials. */
  readonly rewritten: unknown;
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
      return { name, shows, pull: experiment, pushed: await push(experiment), set };
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
    pushed: await push(pull),
    set: { lr: '0.02' },
  };
}

async function push(experiment: unknown): Promise<Trial['pushed']> {
  return { container: await rewrite(experiment, 'container'), source: await rewrite(experiment, 'source') };
}

async function rewrite(experiment: unknown, way: Way): Promise<Pushed> {
  const asked = structuredClone(experiment) as { metadata: { annotations?: Record<string, string> } };
  asked.metadata.annotations = { ...asked.metadata.annotations, [`${annotationPrefix}capture`]: way };
  const { experiment: rewritten, report } = await wrapTemplate(asked);
  if (report.way !== way)
    throw new Error(`one of the Experiments can't go the way ${way}: choose another one`);
  return { asked, rewritten };
}
