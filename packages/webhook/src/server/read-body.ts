import type { IncomingMessage } from 'node:http';
import { RequestRefusal } from './request-refusal.ts';

/** How much one request holds of the bytes that all may hold. */
export interface BodyHold {
  /** Takes bytes; false, and nothing taken, where too few are left. */
  take(bytes: number): boolean;
  /** Gives all back. */
  release(): void;
}

/** Shares out the bytes that bodies may hold at once. */
export function createBodyBudget(total: number): () => BodyHold {
  let left = total;
  return () => {
    let held = 0;
    let released = false;
    return {
      take(bytes) {
        if (released || bytes > left) return false;
        left -= bytes;
        held += bytes;
        return true;
      },
      release() {
        released = true;
        left += held;
        held = 0;
      },
    };
  };
}

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
