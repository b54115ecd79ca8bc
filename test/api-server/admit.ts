import { isDeepStrictEqual } from 'node:util';
import { callWebhook, type WebhookEffect } from './call-webhook.ts';
import type { Attempt, KubernetesObject } from './review.ts';
import type { MutatingWebhook } from './webhook.ts';

/** One call of a webhook in the chain. */
export interface ChainLink extends WebhookEffect {
  readonly webhook: string;
  readonly reinvoked: boolean;
}

/**
 * The mutating phase: webhooks in the order of their names, then once more those with `reinvocationPolicy: IfNeeded`
 * after which another one changed the object.
 *
 * @throws Refusal (rejects)
 */
export async function admit(
  webhooks: readonly MutatingWebhook[],
  attempt: Attempt,
): Promise<{ readonly object: KubernetesObject | null; readonly chain: readonly ChainLink[] }> {
  const concerned = webhooks
    .filter(
      ({ operations = ['CREATE', 'UPDATE'], subResources = false, kinds = { Experiment: {} }, matches }) => {
        if (!selects(kinds, attempt) || matches?.(attempt) === false) return false;
        return operations.includes(attempt.operation) && (subResources || attempt.subResource === undefined);
      },
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const chain: ChainLink[] = [];
  let { object } = attempt;
  const eligible = new Set<MutatingWebhook>();
  const again = new Set<MutatingWebhook>();
  const call = async (webhook: MutatingWebhook, reinvoked: boolean) => {
    const effect = await callWebhook(webhook, { ...attempt, object });
    chain.push({ ...effect, webhook: webhook.name, reinvoked });
    if (!isDeepStrictEqual(effect.object, object)) for (const earlier of eligible) again.add(earlier);
    object = effect.object;
    if (webhook.reinvocationPolicy === 'IfNeeded') eligible.add(webhook);
  };
  for (const webhook of concerned) await call(webhook, false);
  for (const webhook of [...again]) await call(webhook, true);
  return { object, chain };
}

/** Whether a rule is about the object: an objectSelector looks at both, the old one and the new. */
function selects(kinds: NonNullable<MutatingWebhook['kinds']>, { object, oldObject }: Attempt): boolean {
  return [object, oldObject].some((one) => {
    const wanted = one && kinds[String(one.kind)];
    const { labels = {} } = (one?.metadata ?? {}) as { labels?: Readonly<Record<string, unknown>> };
    return wanted && Object.entries(wanted).every(([key, value]) => labels[key] === value);
  });
}
