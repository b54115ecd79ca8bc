import type { Server } from 'node:http';
import { fastify } from 'fastify';
import type { Registry } from 'prom-client';

export interface AdminServerContext {
  readonly registry: Registry;
  /** Why the server is not ready, as a sentence; undefined if it is. */
  readonly findUnreadiness: () => string | undefined;
}

/** Makes the plain HTTP server of `/healthz`, `/readyz` and `/metrics`. It doesn't listen yet. */
export async function createAdminServer({ registry, findUnreadiness }: AdminServerContext): Promise<Server> {
  const app = fastify({
    logger: false,
    http: { headersTimeout: 5000, maxHeaderSize: 8192 },
    requestTimeout: 5000,
    keepAliveTimeout: 75_000,
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store');
  });
  app.get('/healthz', async () => 'ok\n');
  app.get('/readyz', async (_request, reply) => {
    const reason = findUnreadiness();
    return reply.code(reason === undefined ? 200 : 503).send(`${reason ?? 'ready'}\n`);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send('there are /healthz, /readyz and /metrics\n'),
  );
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500 } = error as { readonly statusCode?: number };
    return reply.code(statusCode).send('the request can not be answered\n');
  });
  await app.ready();
  app.server.maxConnections = 1000;
  return app.server;
}
