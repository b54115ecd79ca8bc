import type { Socket } from 'node:net';
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

const answers: Readonly<Record<string, readonly [number, string, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'the headers are too large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large', 'the chunk extensions are too large'],
};

/**
 * Answers what is no HTTP request, or arrives too slowly, and closes the connection; with `quiet` it only closes it.
 * Gives the status; undefined where nothing was answered.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  quiet: boolean,
): number | undefined {
  if (quiet || error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return undefined;
  }
  const [status, phrase, text] = answers[error.code ?? ''] ?? [400, 'Bad Request', 'this is no HTTP request'];
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${text.length + 1}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}\n`, () => socket.destroy());
  return status;
}
