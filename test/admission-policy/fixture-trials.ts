import { type Case, readCases } from '../cases/read-cases.ts';
import { renderTrial } from '../cases/render-trial.ts';
import type { Stored } from './evaluate-policy.ts';

/** A Trial and what it is. */
export interface NamedTrial {
  readonly name: string;
  readonly trial: Stored;
}

const cases = readCases();

/** A case's Trial as it is reviewed where its Experiment has the labels of the container way. */
function trialOf({ experiment, set, trial }: Case): Stored {
  const rendered = structuredClone(renderTrial(experiment, set, trial ?? {})) as Stored;
  const labels = { 'katib-push.io/capture': 'container', 'katib-push.io/algorithm': 'random' };
  Object.assign(rendered.metadata.labels, labels);
  return rendered;
}

/** The Trials of the fixtures for the container way. */
export const capturedTrials: readonly NamedTrial[] = cases
  .filter(({ name, trial }) => name.startsWith('captured-') && trial)
  .map((one) => ({ name: one.name, trial: trialOf(one) }));

const collectors = [
  { collector: { kind: 'StdOut' } },
  { collector: { kind: 'Push' } },
  { collector: { kind: 'File' }, source: { fileSystemPath: { path: '/out/m.log', kind: 'File' } } },
];

/** Trials of all other fixtures, whatever they are for, as if they printed, wrote a file, or pushed. */
export const otherTrials: readonly NamedTrial[] = cases
  .filter(({ name }) => !name.startsWith('captured-'))
  .map((one) => ({ name: one.name, trial: trialOf(one) }))
  .filter(({ trial }) => trial.spec.runSpec?.apiVersion)
  .flatMap(({ name, trial }) =>
    collectors.map((metricsCollector) => ({
      name: `${name}, ${metricsCollector.collector.kind}`,
      trial: { ...trial, spec: { ...trial.spec, metricsCollector } },
    })),
  );

/** A Trial of one fixture, changed. */
export function variant(
  name: string,
  change: (trial: Stored, container: Stored, pod: Stored) => void,
): Stored {
  const trial = trialOf(cases.find((one) => one.name === name)!);
  const pod = trial.spec.runSpec.spec.template?.spec;
  change(trial, pod?.containers[0], pod);
  return trial;
}
