import { readCases } from '../../cases/read-cases.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { type Kube, type KubeAnswer, mergePatch } from '../control-plane/kube.ts';
import type { OurWebhook } from '../control-plane/our-webhook.ts';
import type { Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';

/** What the checks of admission have. */
export interface World extends ControlPlane {
  readonly stack: Stack;
  readonly webhook: OurWebhook;
}

// biome-ignore lint/suspicious/noExplicitAny: an Experiment as it is stored
export type Stored = any;

/** A namespace in which everything that prints is rewritten, and one that our webhook never sees. */
export const [REWRITTEN, PLAIN] = ['rewritten', 'plain'];

/** Names for our configuration of webhooks that come before and behind Katib's. */
export const KATIB = 'katib.kubeflow.org';
export const orders = { "before Katib's": 'a-katib-push', "behind Katib's": 'z-katib-push' };

/** The label without which Katib's validator refuses every Experiment. */
export const collected = { 'katib.kubeflow.org/metrics-collector-injection': 'enabled' };

/** An Experiment that is rewritten. */
export const sampled = readCases().find(({ expect }) => expect === 'rewritten')!.experiment;

export const isRewritten = (stored: Stored): boolean =>
  stored.metadata?.annotations?.['katib-push.io/record'] !== undefined;

export async function makeNamespaces(kube: Kube): Promise<void> {
  const labels = { [REWRITTEN]: { ...collected, 'katib-push.io/rewrite': 'enabled' }, [PLAIN]: collected };
  for (const [name, own] of Object.entries(labels))
    await kube.must('POST', '/api/v1/namespaces', { metadata: { name, labels: own } });
}

export const experiments = (namespace: string, name = '') =>
  `/apis/kubeflow.org/v1beta1/namespaces/${namespace}/experiments${name === '' ? '' : `/${name}`}`;

/** An Experiment of a manifest for a namespace; names are made fit for the API server. */
export function placed(experiment: unknown, namespace: string, name?: string): Stored {
  const copy = structuredClone(experiment) as Stored;
  copy.metadata = { ...copy.metadata, namespace, ...(name === undefined ? {} : { name }) };
  delete copy.status;
  return copy;
}

/** What a webhook may change of an Experiment, without what the server keeps of its own. */
export function substance(stored: Stored): unknown {
  const { labels, annotations = {} } = stored.metadata;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...own } = annotations;
  return { spec: stored.spec, labels, annotations: own };
}

/** Changes an Experiment as a controller does: all of it is read, changed and put back, again on a conflict. */
export async function update(
  kube: Kube,
  namespace: string,
  name: string,
  change: (stored: Stored) => void,
): Promise<KubeAnswer> {
  return waitFor(`an update of ${name}`, async () => {
    const stored = await kube.must('GET', experiments(namespace, name));
    change(stored);
    const answer = await kube.call('PUT', experiments(namespace, name), stored);
    return answer.status === 409 ? undefined : answer;
  });
}

/** A patch of the number of trials: one of the three fields that may change. */
export const countTrials = (kube: Kube, namespace: string, name: string, count: number) =>
  kube.call('PATCH', experiments(namespace, name), { spec: { maxTrialCount: count } }, { type: mergePatch });
