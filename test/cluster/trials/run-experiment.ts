import { appendFileSync } from 'node:fs';
import { experiments, placed, type Stored } from '../admission/world.ts';
import { addresses, type Katib } from '../control-plane/katib.ts';
import type { Kube } from '../control-plane/kube.ts';
import { waitFor } from '../stack/wait-for.ts';
import type { Suggested, SuggestionService } from './suggestion-service.ts';

/** What became of a trial. */
export interface TrialOutcome {
  readonly name: string;
  /** The last condition that holds: Succeeded, Failed, MetricsUnavailable, EarlyStopped. */
  readonly condition: string;
  /** Its collector: Push, or what it was. */
  readonly collector: string;
  /** min, max and latest by the metric's name. */
  readonly metrics: Readonly<Record<string, string>>;
}

/** What became of an Experiment. */
export interface ExperimentOutcome {
  readonly condition: string;
  readonly trials: readonly TrialOutcome[];
  /** Seconds from create to its end. */
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** The parts of the stack that an Experiment needs. */
export interface Lab {
  readonly kube: Kube;
  readonly katib: Katib;
  readonly suggestions: SuggestionService;
}

const ENDS = ['Succeeded', 'Failed'];

/** How long an Experiment may take, and what counts as its end. */
export interface Patience {
  /** Default: 180. */
  readonly seconds?: number;
  /** Of one that never ends: whether its trials have come as far as they will. Default: its own end. */
  readonly until?: (trials: readonly TrialOutcome[]) => boolean | Promise<boolean>;
}

/** Creates an Experiment and waits for its end. */
export async function runExperiment(
  lab: Lab,
  namespace: string,
  experiment: unknown,
  suggested: Suggested,
  patience: Patience = {},
): Promise<ExperimentOutcome> {
  const made = placed(experiment, namespace);
  const { name } = made.metadata;
  expectExperiment(lab, namespace, name, suggested, made.spec.algorithm?.algorithmName);
  const began = performance.now();
  const { status, body, warnings } = await lab.kube.call('POST', experiments(namespace), made);
  if (status >= 400) throw new Error(body.message);
  return { ...(await followExperiment(lab, namespace, name, began, patience)), warnings };
}

/** Lets Katib find the services of an Experiment. */
export function expectExperiment(
  { suggestions, katib }: Lab,
  namespace: string,
  name: string,
  suggested: Suggested,
  algorithm = 'random',
): void {
  suggestions.give(name, suggested);
  appendFileSync(katib.hosts, `${addresses.suggestion} ${name}-${algorithm}.${namespace}\n`);
}

/** Waits for the end of an Experiment that is there; `began` is the time since which it runs. */
export async function followExperiment(
  { kube }: Lab,
  namespace: string,
  name: string,
  began: number,
  { seconds = 180, until }: Patience = {},
): Promise<Omit<ExperimentOutcome, 'warnings'>> {
  const outcomes = async () =>
    (await trialsOf(kube, namespace, name)).map((each) => outcomeOf(each, lastCondition(each)));
  const ended = await waitFor(
    `the end of ${name}`,
    async () => {
      const stored = await kube.must('GET', experiments(namespace, name));
      return ENDS.includes(lastCondition(stored)) || (await until?.(await outcomes())) ? stored : undefined;
    },
    seconds,
  ).catch(async (error) => {
    const stored = await kube.must('GET', experiments(namespace, name));
    const trials = (await outcomes()).map(({ condition }) => condition);
    throw new Error(
      `${error.message}: ${JSON.stringify(stored.status?.conditions?.at(-1))}; trials: ${trials}`,
    );
  });
  const took = (performance.now() - began) / 1000;
  return { condition: lastCondition(ended), trials: await outcomes(), seconds: took };
}

/** How observations compare: pulled rows without a time have one and the same, and their latest is any of them. */
export type Sameness = 'same' | 'latest' | 'different';

export function compareMetrics(pull: TrialOutcome['metrics'], push: TrialOutcome['metrics']): Sameness {
  if (JSON.stringify(pull) === JSON.stringify(push)) return 'same';
  const extremes = (metrics: TrialOutcome['metrics']) =>
    JSON.stringify(
      Object.entries(metrics).map(([name, text]) => [name, text.slice(0, text.lastIndexOf('/'))]),
    );
  return extremes(pull) === extremes(push) ? 'latest' : 'different';
}

function lastCondition({ status: { conditions = [] } = {} as Stored }: Stored): string {
  return conditions.filter((each: Stored) => each.status === 'True').at(-1)?.type ?? 'none';
}

/** Where the trials of an Experiment are listed. */
export function trialsPath(namespace: string, experiment: string): string {
  const selector = `labelSelector=${encodeURIComponent(`katib.kubeflow.org/experiment=${experiment}`)}`;
  return `/apis/kubeflow.org/v1beta1/namespaces/${namespace}/trials?${selector}`;
}

export async function trialsOf(
  kube: Kube,
  namespace: string,
  experiment: string,
): Promise<readonly Stored[]> {
  return (await kube.must('GET', trialsPath(namespace, experiment))).items;
}

function outcomeOf(trial: Stored, condition: string): TrialOutcome {
  const metrics: Stored[] = trial.status?.observation?.metrics ?? [];
  metrics.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name: trial.metadata.name,
    condition,
    collector: trial.spec.metricsCollector?.collector?.kind ?? 'StdOut',
    metrics: Object.fromEntries(
      metrics.map(({ name, min, max, latest }: Stored) => [name, `${min} / ${max} / ${latest}`]),
    ),
  };
}
