import { join } from 'node:path';
import { rewriteExperiment } from '@katib-push/katib';
import { assignParameters, compareExperiment } from '@katib-push/oracle';
import { type Case, readCases } from '../../cases/read-cases.ts';
import { PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import type { Report } from '../report/check.ts';
import { kindOf, sample } from '../sample.ts';
import { atOnce } from '../stack/at-once.ts';
import {
  compareMetrics,
  type ExperimentOutcome,
  type Lab,
  runExperiment,
  type Sameness,
} from './run-experiment.ts';
import { WORD, WORDS_FILE } from './run-pod.ts';

/** Fixtures at a time: most of their time they wait for controllers. */
const AT_ONCE = 24;

const path = [join(import.meta.dirname, '../../../.venv/bin')];

/**
 * Each runnable fixture that is rewritten, as pull and as push, through all of Katib: the same min, max and latest. A row
 * for each kind.
 */
export async function checkFixtureTrials(lab: Lab, report: Report): Promise<void> {
  const all = readCases().filter(
    ({ runnable, experiment }) => runnable && isJob(experiment) && isRead(experiment),
  );
  const cases = sample(all);
  const found = new Map<string, Found>();
  await atOnce(AT_ONCE, cases, async (one) => {
    found.set(one.name, await comparePullAndPush(lab, one).catch(toFound));
  });
  for (const [kind, own] of Map.groupBy(cases, kindOf)) {
    const results = own.map(({ name }) => found.get(name)!);
    const counts = [...Map.groupBy(results, ({ verdict }) => verdict)].map(
      ([verdict, { length }]) => `${length} ${VERDICTS[verdict]}`,
    );
    report({
      what: `fixtures: ${kind}`,
      against: 'Katib; kubelet stand-in',
      found: `${own.length} of ${all.filter((each) => kindOf(each) === kind).length}: ${counts.join(', ')}`,
      wrong: own.flatMap(({ name }) => found.get(name)!.wrong.map((line) => `${name}: ${line}`)),
    });
  }
}

/** What came of a fixture, in words. */
const VERDICTS = {
  same: 'the same min, max and latest',
  latest: "the same min and max, and pull's latest is another row",
  different: 'differ',
  wrapper: "the same once Katib's wrapper is passed by",
  known: 'differ as documented',
  untouched: 'untouched',
  refused: 'that Katib refuses',
  failed: 'could not be run',
};

interface Found {
  readonly verdict: keyof typeof VERDICTS;
  readonly wrong: readonly string[];
}

function toFound(error: unknown): Found {
  return String(error).includes('denied the request')
    ? { verdict: 'refused', wrong: [] }
    : { verdict: 'failed', wrong: [String(error)] };
}

/** Of other kinds nothing here makes pods. */
function isJob(experiment: unknown): boolean {
  return (experiment as Stored).spec?.trialTemplate?.trialSpec?.kind === 'Job';
}

/** Of a collector that this suite has not, or that Katib does not know, no trial begins. */
function isRead(experiment: unknown): boolean {
  const { kind = 'StdOut' } = (experiment as Stored).spec?.metricsCollectorSpec?.collector ?? {};
  return ['StdOut', 'File', 'Push'].includes(kind);
}

async function comparePullAndPush(lab: Lab, { name, experiment, set, expect }: Case): Promise<Found> {
  const one = ofOneTrial(experiment);
  const suggested = { assignments: [assignParameters(experiment, set)] };
  const run = (namespace: string, variant: string, each: Stored) =>
    runExperiment(
      lab,
      namespace,
      { ...each, metadata: { ...each.metadata, name: `${name}-${variant}` } },
      suggested,
    );
  const push = await run(REWRITTEN, 'push', one);
  // one that asks for Push and stays as it is pushes what it pushes
  const isLeft = expect === 'unchanged' || expect === 'failed';
  if (isLeft || push.trials[0]?.collector !== 'Push') return { verdict: 'untouched', wrong: [] };
  const asked = await withInferredFormats(one);
  const pull = await run(PLAIN, 'pull', asPull(asked));
  const direct = compareTrials(pull, push);
  if (direct !== 'different') return { verdict: direct, wrong: [] };
  const unwrapped = await run(PLAIN, 'file', asPull(fromFile(asked)));
  if (compareTrials(unwrapped, push) !== 'different') return { verdict: 'wrapper', wrong: [] };
  // an objective that is never printed: pull stores that it is unavailable, push nothing
  const ends = [unwrapped, push].map(({ trials: [each] }) => each?.condition);
  if (ends.every((end) => end === 'MetricsUnavailable')) return { verdict: 'known', wrong: [] };
  const rules = await knownDifferences(experiment, set);
  const found = [unwrapped, push].map(
    ({ trials: [each] }) => `${each?.condition} ${JSON.stringify(each?.metrics)}`,
  );
  return { verdict: 'known', wrong: rules.length > 0 ? [] : [found.join(' | ')] };
}

function compareTrials(
  { trials: [pull] }: ExperimentOutcome,
  { trials: [push] }: ExperimentOutcome,
): Sameness {
  if (pull === undefined || push === undefined || pull.condition !== push.condition) return 'different';
  return compareMetrics(pull.metrics, push.metrics);
}

/** The same with the collector that reads its output, where it asks for Push. */
export function asPull(one: Stored): Stored {
  const { collector, ...rest } = one.spec.metricsCollectorSpec ?? {};
  if (collector?.kind !== 'Push') return one;
  return { ...one, spec: { ...one.spec, metricsCollectorSpec: { ...rest, collector: { kind: 'StdOut' } } } };
}

/** With the filters that the rewrite infers, where it is asked to: a collector does not infer any. */
async function withInferredFormats(one: Stored): Promise<Stored> {
  if (one.metadata.annotations?.['katib-push.io/formats'] !== 'infer') return one;
  const { spec } = (await rewriteExperiment(one)).experiment as Stored;
  const { source } = spec.metricsCollectorSpec;
  const metricsCollectorSpec = { ...one.spec.metricsCollectorSpec, source };
  return { ...one, spec: { ...one.spec, objective: spec.objective, metricsCollectorSpec } };
}

/** The same words, run by a file of the image: it reads them from the environment, past Katib's wrapper. */
export function fromFile(one: Stored): Stored {
  const copy = structuredClone(one);
  const { primaryContainerName, trialSpec } = copy.spec.trialTemplate;
  const containers = trialSpec?.spec?.template?.spec?.containers ?? [];
  const container = containers.find((each: Stored) => each.name === primaryContainerName) ?? containers[0];
  const words: string[] = [...(container?.command ?? []), ...(container?.args ?? [])];
  if (words.length === 0) return copy;
  const env = words.map((value, at) => ({ name: `${WORD}${at}`, value }));
  Object.assign(container, { command: ['sh'], args: [WORDS_FILE], env: [...(container.env ?? []), ...env] });
  return copy;
}

/** An Experiment of one trial that may not fail for longer than it takes. */
function ofOneTrial(experiment: unknown): Stored {
  const one = structuredClone(experiment) as Stored;
  Object.assign(one.spec, { maxTrialCount: 1, parallelTrialCount: 1, maxFailedTrialCount: 0 });
  delete one.spec.objective.goal;
  const job = one.spec.trialTemplate.trialSpec;
  // a Job's retries only take time
  if (job?.kind === 'Job') job.spec.backoffLimit ??= 0;
  return one;
}

/** What of docs/differences.md the oracle finds in a run of the fixture. */
async function knownDifferences(experiment: unknown, set: Case['set']): Promise<readonly string[]> {
  const rewritten = (await rewriteExperiment(experiment)).experiment;
  const { comparison } = await compareExperiment(experiment, rewritten, {
    set,
    path,
    partial: true,
    joined: true,
    timeoutSeconds: 60,
  });
  return comparison.knownDifferences.map(({ rule }) => rule);
}
