import type { IncomingMessage } from 'node:http';
import { RequestRefusal } from './request-refusal.ts';

/** How much of all bodies is held at once. */
export interface BodyBudget {
  /** Bytes that may still be held. */
  left: number;
}

/**
 * Reads a body of at most `limit` bytes, and takes what it holds from the budget until `released` settles. Rejects with
 * {@link RequestRefusal}: 413 for a longer one, 503 where the budget is used up. The rest of a refused body is read and
 * dropped, so that the client gets the answer instead of a reset.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  budget: BodyBudget,
  released: Promise<unknown>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  released.finally(() => {
    budget.left += length;
  });
  const tooLarge = () =>
    new RequestRefusal(413, `the body has more than ${limit} bytes: raise bodyLimit, or send a smaller object`);
  if (Number(request.headers['content-length']) > limit) throw drop(request, tooLarge());
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const { length: more } = part as Buffer;
    length += more;
    budget.left -= more;
    if (length > limit) throw drop(request, tooLarge());
    if (budget.left < 0) throw drop(request, new RequestRefusal(503, 'too many bodies at once: try again'));
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function drop(request: IncomingMessage, refusal: RequestRefusal): RequestRefusal {
  request.resume();
  return refusal;
}
