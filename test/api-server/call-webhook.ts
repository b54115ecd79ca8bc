import { randomUUID } from 'node:crypto';
import jsonPatch from 'fast-json-patch';
import { type CheckedAnswer, checkAnswer } from './check-answer.ts';
import { type Attempt, type KubernetesObject, reviewOf } from './review.ts';
import type { MutatingWebhook } from './webhook.ts';

/** Why the API server refuses a request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What one webhook did to an object. */
export interface WebhookEffect {
  readonly object: KubernetesObject | null;
  readonly patch: readonly jsonPatch.Operation[];
  readonly warnings: readonly string[];
  /** Why the call failed, where `failurePolicy` lets the request go on. */
  readonly failure?: string;
}

/**
 * Calls one webhook. A failed call (no answer in time, a malformed one) is passed over under `failurePolicy: Ignore`;
 * a denial, and a patch that does not apply, refuse the request under any policy. Source: `dispatcher.go` of
 * `k8s.io/apiserver/pkg/admission/plugin/webhook/mutating`.
 */
export async function callWebhook(webhook: MutatingWebhook, attempt: Attempt): Promise<WebhookEffect> {
  const { name, failurePolicy = 'Fail', timeoutSeconds = 10 } = webhook;
  const uid = randomUUID();
  // What goes over the wire is text.
  const review = JSON.parse(JSON.stringify(reviewOf(attempt, uid)));
  let checked: CheckedAnswer;
  try {
    const answer = await withDeadline(webhook.call(review, timeoutSeconds), timeoutSeconds);
    checked = checkAnswer(JSON.parse(JSON.stringify(answer)), uid, attempt.operation);
  } catch (error) {
    const failure = `failed calling webhook "${name}": ${(error as Error).message}`;
    if (failurePolicy === 'Fail') throw new Refusal(failure);
    return { object: attempt.object, patch: [], warnings: [], failure };
  }
  if (!checked.allowed)
    throw new Refusal(`admission webhook "${name}" denied the request: ${checked.message}`);
  if (checked.patch === undefined) return { object: attempt.object, patch: [], warnings: checked.warnings };
  try {
    const patch = JSON.parse(checked.patch) as jsonPatch.Operation[];
    const object = jsonPatch.applyPatch(structuredClone(attempt.object), patch, true).newDocument;
    return { object, patch, warnings: checked.warnings };
  } catch (error) {
    throw new Refusal(`the patch of webhook "${name}" does not apply: ${(error as Error).message}`);
  }
}

async function withDeadline<T>(answer: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('context deadline exceeded')), seconds * 1000);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
