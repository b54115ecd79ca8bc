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

/** Creates an Experiment and waits for its end. One that may stall is taken as it is when the time is over. */
export async function runExperiment(
  { kube, katib, suggestions }: Lab,
  namespace: string,
  experiment: unknown,
  suggested: Suggested,
  seconds = 120,
  mayStall = false,
): Promise<ExperimentOutcome> {
  const made = placed(experiment, namespace);
  const { name } = made.metadata;
  const algorithm = made.spec.algorithm?.algorithmName ?? 'random';
  suggestions.give(name, suggested);
  appendFileSync(katib.hosts, `${addresses.suggestion} ${name}-${algorithm}.${namespace}\n`);
  const began = performance.now();
  const { status, body, warnings } = await kube.call('POST', experiments(namespace), made);
  if (status >= 400) throw new Error(body.message);
  const last = ({ status: { conditions = [] } = {} as Stored }: Stored): string =>
    conditions.filter((each: Stored) => each.status === 'True').at(-1)?.type ?? 'none';
  const ended = await waitFor(
    `the end of ${name}`,
    async () => {
      const stored = await kube.must('GET', experiments(namespace, name));
      return ENDS.includes(last(stored)) ? stored : undefined;
    },
    seconds,
  ).catch(async (error) => {
    const stored = await kube.must('GET', experiments(namespace, name));
    if (mayStall) return stored;
    throw new Error(`${error.message}: ${JSON.stringify(stored.status?.conditions?.at(-1))}`);
  });
  const took = (performance.now() - began) / 1000;
  const trials = await trialsOf(kube, namespace, name);
  return {
    condition: last(ended),
    trials: trials.map((each) => outcomeOf(each, last(each))),
    seconds: took,
    warnings,
  };
}

export async function trialsOf(
  kube: Kube,
  namespace: string,
  experiment: string,
): Promise<readonly Stored[]> {
  const selector = `labelSelector=${encodeURIComponent(`katib.kubeflow.org/experiment=${experiment}`)}`;
  return (await kube.must('GET', `/apis/kubeflow.org/v1beta1/namespaces/${namespace}/trials?${selector}`))
    .items;
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
