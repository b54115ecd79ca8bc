import type { Server } from 'node:https';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import jsonPatch from 'fast-json-patch';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { certificate } from '../../../test/client/conformance/certificate.ts';
import { sampleExperiment } from '../../katib/test/sample.ts';
import { createServer as createExpress } from '../examples/express.ts';
import { createServer as createFastify } from '../examples/fastify.ts';
import { createServer as createPlain } from '../examples/node-https.ts';
import { pushMetrics } from '../examples/pepr-style.ts';
import { type AdmissionAnswer, createAdmissionHandler } from '../src/index.ts';
import { creation } from './reviews.ts';

let tls: { readonly key: string; readonly cert: string };
beforeAll(async () => {
  tls = await certificate();
});

const servers: Record<string, () => Promise<{ port: number; close: () => Promise<unknown> }>> = {
  Fastify: async () => {
    const server = createFastify(tls);
    await server.listen({ port: 0, host: 'localhost' });
    return { port: (server.server.address() as AddressInfo).port, close: () => server.close() };
  },
  Express: () => listen(createExpress(tls)),
  'node:https': () => listen(createPlain(tls)),
};

async function listen(server: Server): Promise<{ port: number; close: () => Promise<unknown> }> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

/** One request, as the API server makes it. */
function post(port: number, body: string): Promise<{ readonly status: number; readonly answer: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const path = '/mutate?timeout=30s';
    const options = { host: 'localhost', port, path, method: 'POST', ca: tls.cert, headers, agent: false };
    const sent = request(options, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, answer: JSON.parse(text) });
    });
    sent.on('error', reject).end(body);
  });
}

describe.each(Object.entries(servers))('the example for %s', (_, start) => {
  it('rewrites over HTTPS, and tells what is no review', async () => {
    const { port, close } = await start();
    try {
      // The first request may come before the worker is ready; then the answer says so.
      const review = JSON.stringify(creation(sampleExperiment()));
      const { status, answer } = await vi.waitUntil(
        async () => {
          const { status, answer } = await post(port, review);
          const busy = /\((?:busy|timeout)\)/.test(JSON.stringify(answer));
          return busy ? undefined : { status, answer };
        },
        { timeout: 120_000 },
      );
      expect(status).toBe(200);
      const { response } = answer as AdmissionAnswer;
      expect(response).toMatchObject({ uid: 'u-1', allowed: true, patchType: 'JSONPatch' });
      expect(Buffer.from(response.patch ?? '', 'base64').toString()).toContain('_katib_push(print)');
      expect(await post(port, '{"kind":"AdmissionReview"}')).toEqual({
        status: 400,
        answer: { message: 'The AdmissionReview has no request; it is missing.' },
      });
    } finally {
      await close();
    }
  });
});

describe('the example for Pepr', () => {
  it('changes the object in the hands of the server', async () => {
    const handler = createAdmissionHandler({ timeout: 30_000 });
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    try {
      const { request: admission } = creation(sampleExperiment()) as { request: { object: object } };
      const call = { Raw: structuredClone(admission.object), Request: admission };
      await pushMetrics(handler)(call);
      expect(JSON.stringify(call.Raw)).toContain('_katib_push(print)');
      expect(jsonPatch.compare(admission.object, call.Raw).length).toBeGreaterThan(0);
      expect(warn.mock.calls).toEqual([['katib-push: accuracy, loss are pushed by the source way']]);
      const other = { Raw: { kind: 'Pod' }, Request: { uid: 'x', operation: 'CREATE' } };
      await pushMetrics(handler)(other);
      expect(other.Raw).toEqual({ kind: 'Pod' });
    } finally {
      warn.mockRestore();
      await handler.close();
    }
  });
});
