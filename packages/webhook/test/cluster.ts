import {
  type ApiServerDouble,
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
    call: (review, timeoutSeconds) => handler(review, { deadline: timeoutSeconds * 1000 }),
  };
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
