export { type ApiServerDouble, createApiServerDouble, type Outcome } from './api-server.ts';
export { changingWebhook } from './changing-webhook.ts';
export { katibDefaulter } from './katib-defaulter.ts';
export { createKubectl, type Kubectl } from './kubectl.ts';
export type { AdmissionReviewRequest, Attempt, KubernetesObject } from './review.ts';
export type { MutatingWebhook } from './webhook.ts';
