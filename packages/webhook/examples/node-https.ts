import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createAdmissionHandler, deadlineOf, InvalidReviewError } from '@katib-push/webhook';

const mostBytes = 7 * 1024 * 1024;

/** A server of `node:https` alone that answers `POST /mutate`. */
export function createServer(tls: { key: string; cert: string }) {
  const handler = createAdmissionHandler();
  const server = createHttpsServer({ ...tls, keepAliveTimeout: 120_000 }, async (request, response) => {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      if (request.method !== 'POST' || !request.url?.startsWith('/mutate')) return send(404, {});
      const body = await readBody(request);
      if (!body) return send(413, { message: `The body has more than ${mostBytes} bytes.` });
      const deadline = deadlineOf(request.url);
      send(200, await handler(body, deadline === undefined ? {} : { deadline }));
    } catch (error) {
      if (error instanceof InvalidReviewError) send(error.status, { message: error.message });
      else response.destroy();
    }
  });
  server.on('close', () => void handler.close());
  return server;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
