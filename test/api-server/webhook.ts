import type { AdmissionReviewRequest, Attempt, Operation } from './review.ts';

/** A mutating webhook as the double knows it: one of a MutatingWebhookConfiguration. */
export interface MutatingWebhook {
  /** The configuration's name: webhooks are called in the order of names. */
  readonly name: string;
  /** Sends a review and gives back the parsed body of the answer. What it throws is a failed call. */
  readonly call: (review: AdmissionReviewRequest, timeoutSeconds: number) => Promise<unknown>;
  /** Default `Fail`, as in Kubernetes. */
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /** Default 10, as in Kubernetes. */
  readonly timeoutSeconds?: number;
  /** Default `Never`, as in Kubernetes. */
  readonly reinvocationPolicy?: 'Never' | 'IfNeeded';
  /** Default CREATE and UPDATE. */
  readonly operations?: readonly Operation[];
  /** Kinds of the rule, each with the labels that its objectSelector wants. Default: Experiments, whatever their labels. */
  readonly kinds?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What its `matchConditions` say of a request. Default: it is called. */
  readonly matches?: (attempt: Attempt) => boolean;
  /** Whether it is called for subresources. Default false. */
  readonly subResources?: boolean;
}
