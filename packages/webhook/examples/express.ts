import { createServer as createHttpsServer } from 'node:https';
import { createAdmissionHandler, deadlineOf, InvalidReviewError } from '@katib-push/webhook';
import express, { type ErrorRequestHandler } from 'express';

/** An Express application behind HTTPS that answers `POST /mutate`. */
export function createServer(tls: { key: string; cert: string }) {
  const handler = createAdmissionHandler();
  const app = express();
  // The body stays bytes: the handler parses them.
  app.post('/mutate', express.raw({ type: 'application/json', limit: '7mb' }), async (request, response) => {
    const deadline = deadlineOf(request.url);
    response.json(await handler(request.body, deadline === undefined ? {} : { deadline }));
  });
  const answerError: ErrorRequestHandler = (error, _request, response, next) => {
    if (error instanceof InvalidReviewError) response.status(error.status).json({ message: error.message });
    else next(error);
  };
  app.use(answerError);
  const server = createHttpsServer({ ...tls, keepAliveTimeout: 120_000 }, app);
  server.on('close', () => void handler.close());
  return server;
}
