import {
  type ApiServerDouble,
  type Attempt,
  createApiServerDouble,
  createKubectl,
  type Kubectl,
  katibDefaulter,
  type MutatingWebhook,
} from '../../../test/api-server/index.ts';
import type { AdmissionHandler } from '../src/index.ts';

/** A double of the API server with our webhook and Katib's, and a client. */
export interface Cluster {
  readonly server: ApiServerDouble;
  readonly kubectl: Kubectl;
}

/** Our webhook, with the time that a shared machine may need. */
export function ourWebhook(handler: AdmissionHandler): MutatingWebhook {
  return {
    name: 'katib-push',
    failurePolicy: 'Ignore',
    timeoutSeconds: 30,
    reinvocationPolicy: 'IfNeeded',
    kinds: { Experiment: {}, Trial: { 'katib-push.io/capture': 'container' } },
    matches: isNewOrOurs,
    call: (review, timeoutSeconds) => handler(review, { deadline: timeoutSeconds * 1000 }),
  };
}

/** The match conditions of `deploy/`: a first review on UPDATE can't change anything. */
function isNewOrOurs({ operation, object, oldObject }: Attempt): boolean {
  const metadata = [object, oldObject].map((one) => (one?.metadata ?? {}) as Metadata);
  if (metadata[0]?.deletionTimestamp !== undefined) return false;
  const isOurs = ({ annotations, labels }: Metadata) =>
    annotations?.['katib-push.io/record'] !== undefined || labels?.['katib-push.io/capture'] !== undefined;
  return operation === 'CREATE' || metadata.some(isOurs);
}

interface Metadata {
  readonly deletionTimestamp?: unknown;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, unknown>>;
}

/**
 * @param defaulter whether Katib's defaulter runs before our webhook, after it, or not at all
 * @param others further webhooks
 */
export function createCluster(
  handler: AdmissionHandler,
  defaulter: 'before' | 'after' | 'none' = 'after',
  others: readonly MutatingWebhook[] = [],
): Cluster {
  const katib = { before: [katibDefaulter('a-katib')], after: [katibDefaulter('z-katib')], none: [] };
  const server = createApiServerDouble([ourWebhook(handler), ...katib[defaulter], ...others]);
  return { server, kubectl: createKubectl(server) };
}
