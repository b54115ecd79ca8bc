import type { AdmissionEvent } from './admission-review.ts';
import { sampleTrial } from './worker/sample-trials.ts';

/** As many as it takes until the engine has compiled what each review runs. */
const reviews = 100;

const sample = JSON.stringify({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'warm-up',
    kind: { group: 'kubeflow.org', version: 'v1beta1', kind: 'Trial' },
    operation: 'CREATE',
    object: sampleTrial,
  },
});

/**
 * Reviews a Trial until that goes fast: Katib creates Trials in bursts, and its controller waits for each answer. Ends at
 * the first that is not captured: a worker that can't do it must not keep requests waiting.
 */
export async function warmUpReviews(
  review: (body: Uint8Array, observe: (event: AdmissionEvent) => void) => Promise<unknown>,
): Promise<void> {
  const body = Buffer.from(sample);
  let isCaptured = true;
  for (let count = 0; count < reviews && isCaptured; count++)
    await review(body, ({ outcome }) => {
      isCaptured = outcome === 'captured';
    });
}
