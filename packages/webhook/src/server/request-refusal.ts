import { InvalidReviewError } from '../admission-review.ts';

/** A request that is answered with a status and one line of text. The text quotes nothing of the request. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** What an error says about the request; undefined if the fault is ours. */
export function findRefusal(error: unknown): RequestRefusal | undefined {
  if (error instanceof RequestRefusal) return error;
  if (error instanceof InvalidReviewError) return new RequestRefusal(error.status, error.message);
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode = 500 } = error as Error & {
    readonly code?: string;
    readonly statusCode?: number;
  };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new RequestRefusal(415, 'send an AdmissionReview as application/json');
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new RequestRefusal(400, 'the client went away before the body was there');
  }
  return statusCode < 500 ? new RequestRefusal(statusCode, 'the request can not be read') : undefined;
}
