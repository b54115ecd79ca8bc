import type { RewriteOptions } from '@katib-push/katib';

/** An `AdmissionReview` of `admission.k8s.io/v1` as it is answered. Source: Kubernetes, `k8s.io/api/admission/v1`. */
export interface AdmissionAnswer {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly response: AdmissionResponse;
}

export interface AdmissionResponse {
  /** The request's own, echoed. */
  readonly uid: string;
  readonly allowed: boolean;
  /** Base64 of the UTF-8 JSON of a JSON Patch; there if and only if `patchType` is. */
  readonly patch?: string;
  readonly patchType?: 'JSONPatch';
  /** One line each, without control characters, 240 characters at most. */
  readonly warnings?: readonly string[];
  /** What became of the object and why, for the API server's audit log. */
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  /** Why the object is denied; only with `allowed: false`. */
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
}

/** What became of one request, for metrics and logs. Holds no text, environment or user of the request. */
export interface AdmissionEvent {
  /**
   * - `rewritten`: a patch that rewrites an Experiment, or labels it for the review of its Trials (CREATE).
   * - `captured`: a patch that puts a Trial under the shim (CREATE).
   * - `restored`: a patch that puts back what was stored (UPDATE).
   * - `unchanged`: looked at, no patch, on purpose.
   * - `ignored`: neither an Experiment nor a Trial, another operation, a subresource.
   * - `failed`: something went wrong; allowed without a patch, or denied where `strict` is set.
   */
  readonly outcome: 'rewritten' | 'captured' | 'restored' | 'unchanged' | 'ignored' | 'failed';
  /** Code of the first reason (a code of the diagnostics' catalogue, or one of ours); absent for `rewritten`, `captured`, `restored` and `ignored`. */
  readonly reason?: string;
  readonly operation: string;
  /** `kind` of the object, as the request names it; an empty string where it names none. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid: string;
  readonly dryRun: boolean;
  readonly allowed: boolean;
  readonly milliseconds: number;
}

/**
 * Options of the adapter. All have defaults. Those of the rewrite mean what they mean for `rewriteExperiment`, but for
 * the default of `maxScriptLength`: 131 072, since a process can't be given a longer argument.
 */
export interface AdmissionOptions extends RewriteOptions {
  /**
   * What holds in single namespaces, by name, instead of the server's options of the same names. `ways` of a namespace is
   * a further ceiling: the server's holds, too. Default none.
   */
  readonly namespaces?: Readonly<Record<string, NamespaceOptions>>;
  /**
   * Denies a CREATE where it would otherwise be allowed with a warning that something went wrong. Default false: fail
   * open. An UPDATE is never denied, so that finalizers can always be removed.
   */
  readonly strict?: boolean;
  /**
   * Milliseconds from the request's arrival to its answer, waiting included; the time that is left to the API server
   * lowers it. A worker that is at one rewrite for longer is ended. Default 2 000.
   */
  readonly timeout?: number;
  /** How many rewrites may run at once, each in a worker thread of its own. Default 1. */
  readonly workers?: number;
  /** MiB of heap that one worker may have; one that needs more is ended and replaced. Default 256. */
  readonly memory?: number;
  /**
   * The worker's code, where a bundler has put `@katib-push/webhook/worker` elsewhere. Default: beside this package's
   * own files.
   */
  readonly worker?: URL;
  /** Called once for each request that was answered. What it throws is swallowed. */
  readonly observe?: (event: AdmissionEvent) => void;
}

/** See {@link AdmissionOptions.namespaces}. */
export type NamespaceOptions = Pick<
  RewriteOptions,
  'enable' | 'ways' | 'deliver' | 'coverage' | 'output' | 'address'
>;

/** How one request came in. */
export interface AdmissionCall {
  /** Milliseconds until the API server gives up: `?timeout=5s` of the request's URL. Absent: the option `timeout` alone holds. */
  readonly deadline?: number;
}

/**
 * Answers one AdmissionReview, given as an object or as the bytes (or text) of its JSON. Rejects with
 * `InvalidReviewError` alone, and only where there is nothing to answer: no JSON, no `request`, no `uid`.
 */
export interface AdmissionHandler {
  (review: unknown, call?: AdmissionCall): Promise<AdmissionAnswer>;
  /**
   * Resolves when a rewrite need not wait for the worker any more, and some Trials of our own were reviewed, so that no
   * request pays for what is compiled at first; rejects where the worker can't be started.
   */
  ready(): Promise<void>;
  /** Ends the worker. Reviews under way are answered without a patch. */
  close(): Promise<void>;
}

/** A body that is no AdmissionReview: answer with HTTP status 400 and the message. */
export class InvalidReviewError extends Error {
  override readonly name = 'InvalidReviewError';
  readonly status = 400;
}
