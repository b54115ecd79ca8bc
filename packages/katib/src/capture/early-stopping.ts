import { valueAt } from '../json-pointer.ts';
import { algorithmLabel } from '../policy/choices.ts';
import type { Experiment } from '../read-experiment.ts';
import type { Path } from '../subject.ts';

/** Source: Katib, `pkg/controller.v1beta1/consts`. */
export const experimentLabel = 'katib.kubeflow.org/experiment';
/** Source: Katib, `DefaultEarlyStoppingPort`. */
export const port = 6788;

/**
 * Seconds after which a stopped trial's job goes away by itself. Hours: with a short time, a slow controller makes the
 * job again.
 */
export const keptFor = 4 * 60 * 60;

/**
 * The service that a Trial's rules come from, `<experiment>-<algorithm>.<namespace>`; absent where a label is missing.
 * Source: Katib, `GetEarlyStoppingEndpoint`.
 */
export function earlyStoppingService({ labels, namespace }: Experiment): string | undefined {
  const { [experimentLabel]: experiment, [algorithmLabel]: algorithm } = labels;
  if (!experiment || !algorithm || !namespace) return undefined;
  return `${experiment}-${algorithm}.${namespace}:${port}`;
}

/**
 * What keeps a stopped trial's job until its observation is read: `retainRun`, and a time after which Kubernetes removes
 * it, where the job's kind has one and the user set none.
 */
export function retention(given: unknown, experiment: Experiment): readonly (readonly [Path, unknown])[] {
  if (valueAt(given, ['spec', 'retainRun']) === true) return [];
  const timeToLive = timeToLivePath(experiment);
  const isSet = timeToLive && (valueAt(given, timeToLive) ?? undefined) !== undefined;
  return [[['spec', 'retainRun'], true], ...(timeToLive && !isSet ? [[timeToLive, keptFor] as const] : [])];
}

function timeToLivePath({ trialSpec, subject }: Experiment): Path | undefined {
  const name = 'ttlSecondsAfterFinished';
  const group = String(trialSpec?.apiVersion ?? '').split('/')[0];
  if (group === 'batch' && trialSpec?.kind === 'Job') return [...subject.job, 'spec', name];
  // The kinds of the training operator, whose CRDs have a run policy.
  const hasPolicy =
    group === 'kubeflow.org' && /^(?:PyTorch|TF|MPI|XGBoost|Paddle|JAX)Job$/.test(String(trialSpec?.kind));
  return hasPolicy ? [...subject.job, 'spec', 'runPolicy', name] : undefined;
}

/** Whether a name may be the value of a label. Source: Kubernetes, label values. */
export function fitsLabel(text: string): boolean {
  return /^(?=.{1,63}$)[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(text);
}
