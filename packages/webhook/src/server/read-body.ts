import type { IncomingMessage } from 'node:http';
import type { BodyHold } from './body-budget.ts';
import { RequestRefusal } from './request-refusal.ts';

/**
 * Reads a body of at most `limit` bytes, held as long as `hold` isn't released. Rejects with {@link RequestRefusal}: 413
 * for a longer one, 503 where too much is held, 400 where the client goes away. The rest of a refused body is read and
 * dropped, so that the client gets the answer instead of a reset.
 */
export function readBody(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const parts: Buffer[] = [];
  let length = 0;

  function take(part: Buffer): void {
    length += part.length;
    if (length > limit) refuseLength();
    else if (hold.take(part.length)) parts.push(part);
    else refuse(503, 'too many bodies are held at once: try again');
  }
  function refuseLength(): void {
    refuse(413, `the body has more than ${limit} bytes: send a smaller object, or raise bodyLimit`);
  }
  function refuse(status: number, message: string): void {
    request.off('data', take).resume();
    parts.length = 0;
    reject(new RequestRefusal(status, message));
  }

  if (Number(request.headers['content-length']) > limit) {
    refuseLength();
    return promise;
  }
  request.on('data', take);
  request.once('end', () => resolve(Buffer.concat(parts)));
  request.once('error', () => refuse(400, 'the client went away before the body was there'));
  return promise;
}
