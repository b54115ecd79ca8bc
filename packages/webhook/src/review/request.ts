import { isRecord, valueAt } from '@katib-push/katib';
import { InvalidReviewError } from '../admission-review.ts';

/** What the adapter reads of an admission request, types checked. Source: Kubernetes, `k8s.io/api/admission/v1`. */
export interface AdmissionRequest {
  /** Not empty. */
  readonly uid: string;
  /** `CREATE`, `UPDATE`, `DELETE`, `CONNECT`; an empty string where the request names none. */
  readonly operation: string;
  /** `status`, `scale`; an empty string for the object itself. */
  readonly subResource: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  /** Absent where the request names none. */
  readonly name?: string;
  readonly namespace?: string;
  readonly dryRun: boolean;
  /** As given: null on DELETE, any type in a damaged request. */
  readonly object: unknown;
  readonly oldObject: unknown;
}

/**
 * Reads an AdmissionReview, given as an object or as the bytes or text of its JSON.
 *
 * @throws InvalidReviewError where there is nothing to answer: no JSON, no `request`, no `uid`
 */
export function readReview(review: unknown): AdmissionRequest {
  const body = isBytes(review) || typeof review === 'string' ? parse(review) : review;
  if (!isRecord(body)) throw new InvalidReviewError(`The body is ${nameOf(body)}, not an AdmissionReview.`);
  const request = valueAt(body, ['request']);
  if (!isRecord(request))
    throw new InvalidReviewError(`The AdmissionReview has no request; it is ${nameOf(request)}.`);
  const uid = valueAt(request, ['uid']);
  if (typeof uid !== 'string' || uid === '')
    throw new InvalidReviewError('The request of the AdmissionReview has no uid, so it can not be answered.');
  const kind = valueAt(request, ['kind']);
  const name = textOf(request, 'name');
  const namespace = textOf(request, 'namespace');
  return {
    uid,
    operation: textOf(request, 'operation'),
    subResource: textOf(request, 'subResource'),
    kind: { group: textOf(kind, 'group'), version: textOf(kind, 'version'), kind: textOf(kind, 'kind') },
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    dryRun: valueAt(request, ['dryRun']) === true,
    object: valueAt(request, ['object']),
    oldObject: valueAt(request, ['oldObject']),
  };
}

function parse(body: Uint8Array | ArrayBuffer | string): unknown {
  try {
    return JSON.parse(
      typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body),
    );
  } catch (error) {
    // V8 quotes the text around a fault, which may be anybody's: only the kind of fault is told.
    const fault = error instanceof SyntaxError ? 'no JSON' : 'no UTF-8 text that could be read';
    throw new InvalidReviewError(`The body is ${fault}.`);
  }
}

function isBytes(value: unknown): value is Uint8Array | ArrayBuffer {
  return value instanceof Uint8Array || value instanceof ArrayBuffer;
}

function textOf(value: unknown, key: string): string {
  const found = valueAt(value, [key]);
  return typeof found === 'string' ? found : '';
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'missing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** What is reviewed, and when: a Trial never changes once it is there. */
const operationsOf: Readonly<Record<string, readonly string[]>> = {
  Experiment: ['CREATE', 'UPDATE'],
  Trial: ['CREATE'],
};

/**
 * Whether a request creates or updates an Experiment, or creates a Trial, of the version that is known here, and no
 * subresource of it.
 */
export function concernsUs({ operation, subResource, kind }: AdmissionRequest): boolean {
  const operations = Object.hasOwn(operationsOf, kind.kind) ? operationsOf[kind.kind] : undefined;
  return (
    operations?.includes(operation) === true &&
    subResource === '' &&
    kind.group === 'kubeflow.org' &&
    kind.version === 'v1beta1'
  );
}
