import { createAdmissionHandler, deadlineOf, InvalidReviewError } from '@katib-push/webhook';
import Fastify from 'fastify';

/** A Fastify server that answers `POST /mutate`. */
export function createServer(tls: { key: string; cert: string }) {
  const handler = createAdmissionHandler();
  const server = Fastify({ https: tls, bodyLimit: 7 * 1024 * 1024, keepAliveTimeout: 120_000 });
  // The body stays as it is: the handler parses it.
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.post('/mutate', async (request, reply) => {
    const deadline = deadlineOf(request.url);
    try {
      return await handler(request.body, deadline === undefined ? {} : { deadline });
    } catch (error) {
      if (!(error instanceof InvalidReviewError)) throw error;
      return reply.code(error.status).send({ message: error.message });
    }
  });
  server.addHook('onReady', () => handler.ready());
  server.addHook('onClose', () => handler.close());
  return server;
}
