import type { IncomingMessage } from 'node:http';
import type { BodyHold } from './body-budget.ts';
import { RequestRefusal } from './request-refusal.ts';

/**
 * Reads a body of at most `limit` bytes, held as long as `hold` isn't released. Rejects with {@link RequestRefusal}: 413
 * for a longer one, 503 where too much is held. The rest of a refused body is read and dropped, so that the client gets
 * the answer instead of a reset.
 */
export async function readBody(request: IncomingMessage, limit: number, hold: BodyHold): Promise<Buffer> {
  const tooLarge = () =>
    refuse(413, `the body has more than ${limit} bytes: send a smaller object, or raise bodyLimit`);
  const refuse = (status: number, message: string): RequestRefusal => {
    request.resume();
    return new RequestRefusal(status, message);
  };
  if (Number(request.headers['content-length']) > limit) throw tooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > limit) throw tooLarge();
    if (!hold.take(part.length)) throw refuse(503, 'too many bodies are held at once: try again');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
