import { join } from 'node:path';
import { rewriteExperiment } from '@katib-push/katib';
import { assignParameters, compareExperiment } from '@katib-push/oracle';
import { type Case, readCases } from '../../cases/read-cases.ts';
import { PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import type { Check, Report } from '../report/check.ts';
import { sample } from '../sample.ts';
import { type ExperimentOutcome, type Lab, runExperiment } from './run-experiment.ts';
import { WORD, WORDS_FILE } from './run-pod.ts';

/** Fixtures at a time: a trial is three processes and its sidecar one more. */
const AT_ONCE = 2;

const path = [join(import.meta.dirname, '../../../.venv/bin')];

/** Each runnable fixture that is rewritten, as pull and as push, through all of Katib: the same min, max and latest. */
export async function checkFixtureTrials(lab: Lab, report: Report): Promise<void> {
  const cases = sample(readCases().filter(({ runnable, experiment }) => runnable && isJob(experiment)));
  const counts = { same: 0, wrapper: 0, known: 0, untouched: 0, refused: 0 };
  const wrong: string[] = [];
  const seconds = { pull: [] as number[], push: [] as number[] };
  let next = 0;
  const work = async () => {
    for (let at = next++; at < cases.length; at = next++) {
      const one = cases[at]!;
      try {
        const found = await comparePullAndPush(lab, one);
        counts[found.verdict]++;
        if (found.push === undefined) continue;
        seconds.pull.push(found.pull.seconds);
        seconds.push.push(found.push.seconds);
        wrong.push(...found.wrong.map((line) => `${one.name}: ${line}`));
      } catch (error) {
        if (String(error).includes('denied the request')) counts.refused++;
        else wrong.push(`${one.name}: ${error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const median = (all: number[]) => (all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0).toFixed(1);
  report({
    what: 'runnable fixtures as pull and as push, to the observation of the trial',
    against: 'Katib with its controllers, pod webhook, sidecar and wrapper; kubelet stand-in',
    found: `${cases.length} fixtures: ${counts.same} the same min, max and latest, ${counts.wrapper} more once Katib's wrapper is passed by, ${counts.known} differ as documented, ${counts.untouched} untouched, ${counts.refused} that Katib refuses; median seconds of an Experiment: ${median(seconds.pull)} by pull, ${median(seconds.push)} by push`,
    wrong,
  } satisfies Check);
}

/** Of other kinds nothing here makes pods. */
function isJob(experiment: unknown): boolean {
  return (experiment as Stored).spec?.trialTemplate?.trialSpec?.kind === 'Job';
}

interface Compared {
  /** `wrapper`: the same once Katib's wrapper does not see the words, which it doesn't keep. */
  readonly verdict: 'same' | 'wrapper' | 'known' | 'untouched';
  readonly pull: ExperimentOutcome;
  /** Absent where nothing was rewritten. */
  readonly push?: ExperimentOutcome;
  readonly wrong: readonly string[];
}

async function comparePullAndPush(lab: Lab, { name, experiment, set }: Case): Promise<Compared> {
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
  const pull = await run(PLAIN, 'pull', asPull(one));
  if (push.trials[0]?.collector !== 'Push') return { verdict: 'untouched', pull, wrong: [] };
  if (sameTrial(pull, push)) return { verdict: 'same', pull, push, wrong: [] };
  const unwrapped = await run(PLAIN, 'file', asPull(fromFile(one)));
  if (sameTrial(unwrapped, push)) return { verdict: 'wrapper', pull, push, wrong: [] };
  // an objective that is never printed: pull stores that it is unavailable, push nothing
  const ends = [unwrapped, push].map(({ trials: [each] }) => each?.condition);
  if (ends.every((end) => end === 'MetricsUnavailable')) return { verdict: 'known', pull, push, wrong: [] };
  const rules = await knownDifferences(experiment, set);
  const found = [unwrapped, push].map(
    ({ trials: [each] }) => `${each?.condition} ${JSON.stringify(each?.metrics)}`,
  );
  return { verdict: 'known', pull, push, wrong: rules.length > 0 ? [] : [found.join(' | ')] };
}

function sameTrial({ trials: [a] }: ExperimentOutcome, { trials: [b] }: ExperimentOutcome): boolean {
  return a?.condition === b?.condition && JSON.stringify(a?.metrics) === JSON.stringify(b?.metrics);
}

/** The same with the collector that reads its output, where it asks for Push. */
function asPull(one: Stored): Stored {
  const { collector, ...rest } = one.spec.metricsCollectorSpec ?? {};
  if (collector?.kind !== 'Push') return one;
  return { ...one, spec: { ...one.spec, metricsCollectorSpec: { ...rest, collector: { kind: 'StdOut' } } } };
}

/** The same words, run by a file of the image: it reads them from the environment, past Katib's wrapper. */
function fromFile(one: Stored): Stored {
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
    timeoutSeconds: 60,
  });
  return comparison.knownDifferences.map(({ rule }) => rule);
}
