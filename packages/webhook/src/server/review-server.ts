import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Logger } from 'pino';
import type { AdmissionHandler } from '../admission-review.ts';
import { readDeadline } from '../time.ts';
import { describeError } from './errors.ts';
import type { Metrics } from './metrics.ts';
import type { ServerSettings } from './options.ts';
import { createBodyBudget, readBody } from './read-body.ts';
import { answerClientError, findRefusal, RequestRefusal } from './request-refusal.ts';
import { hasClientName, secureContext } from './tls.ts';
import { followVisits } from './visits.ts';

export interface ReviewServerContext {
  readonly settings: ServerSettings;
  readonly handler: AdmissionHandler;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whether the server is about to stop: then each answer asks the client to leave the connection. */
  readonly stopping: () => boolean;
}

/** Makes the HTTPS server that answers reviews. It doesn't listen yet, and has no certificate. */
export async function createReviewServer(context: ReviewServerContext): Promise<Server> {
  const { settings, handler, metrics, log, stopping } = context;
  const { path, bodyLimit, clientNames } = settings;
  const server = createServer(serverOptions(settings));
  server.maxConnections = settings.maxConnections;
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    metrics.handshakeFailed(error.code ?? 'unknown');
    log.debug(describeError(error), 'a TLS handshake failed');
  });
  const visits = followVisits(server, createBodyBudget(settings.bodiesLimit), metrics);

  const app = fastify({
    logger: false, // its records may quote requests; what is logged is put together here
    exposeHeadRoutes: false,
    serverFactory: (handle) => server.on('request', handle),
    clientErrorHandler: (error, socket) =>
      visits.broken(socket, (quiet) => answerClientError(error, socket, quiet)),
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply as unknown as FastifyReply, new RequestRefusal(400, 'the URL can not be read'));
    },
  });
  app.addHook('onRequest', async ({ raw }) => {
    if (clientNames !== undefined && !hasClientName(raw.socket as TLSSocket, clientNames)) {
      throw new RequestRefusal(403, 'the client certificate has none of the names in clientNames');
    }
    if ((raw.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new RequestRefusal(415, 'send the body as it is, without a content-encoding');
    }
  });
  app.addHook('onSend', async (_request, reply) => {
    // Fastify closes the connection after a body that was refused; here the rest is read and dropped instead.
    if (stopping()) reply.header('connection', 'close');
    else if (reply.hasHeader('connection')) reply.removeHeader('connection');
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', ({ raw }: FastifyRequest, body: IncomingMessage) =>
    readBody(body, bodyLimit, visits.of(raw).hold),
  );
  app.post(path, async (request, reply) => {
    const deadline = readDeadline(request.url, performance.now() - visits.of(request.raw).started);
    const answer = await handler(request.body ?? '', deadline === undefined ? {} : { deadline });
    return reply.type('application/json').send(JSON.stringify(answer));
  });
  app.setNotFoundHandler((request, reply) => {
    if (request.url.split('?', 1)[0] !== path) {
      return refuse(reply, new RequestRefusal(404, `there is nothing here; reviews go to ${path}`));
    }
    return refuse(reply.header('allow', 'POST'), new RequestRefusal(405, 'reviews are sent with POST'));
  });
  app.setErrorHandler((error, _request, reply) => {
    const refusal = findRefusal(error);
    if (refusal) return refuse(reply, refusal);
    log.error(describeError(error), 'a request could not be answered');
    return refuse(
      reply,
      new RequestRefusal(500, 'something unexpected happened: see the log of the webhook'),
    );
  });
  await app.ready();
  return server;

  /** As plain text: the API server shows it to those who apply an object, which it does for text alone. */
  function refuse(reply: FastifyReply, { statusCode, message }: RequestRefusal): FastifyReply {
    log.info({ status: statusCode, why: message }, 'a request was refused');
    return reply.code(statusCode).type('text/plain; charset=utf-8').send(`${message}\n`);
  }
}

function serverOptions(settings: ServerSettings) {
  const { headersTimeout, requestTimeout, clientCa } = settings;
  return {
    ...secureContext(settings, undefined),
    requestCert: clientCa !== undefined,
    rejectUnauthorized: clientCa !== undefined,
    handshakeTimeout: settings.handshakeTimeout,
    headersTimeout,
    requestTimeout,
    connectionsCheckingInterval: Math.min(5000, Math.max(20, headersTimeout / 4)),
    keepAliveTimeout: settings.keepAliveTimeout,
    maxHeaderSize: settings.headerLimit,
  };
}
