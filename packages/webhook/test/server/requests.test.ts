import { Agent } from 'node:https';
import { gzipSync } from 'node:zlib';
import type { AdmissionCall } from '@katib-push/webhook';
import { describe, expect, it } from 'vitest';
import { reviewOf, sdkExperiment, smallReview } from './reviews.ts';
import { type SendOptions, send } from './send.ts';
import { allowAll, startServer } from './start-server.ts';

const mebibyte = 1_048_576;

describe('an admission review', () => {
  it('comes back with the patch that rewrites', async () => {
    const { port, metric } = await startServer();
    const review = reviewOf(sdkExperiment());
    const { status, headers, text } = await send(port, JSON.stringify(review));
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { apiVersion, kind, response } = JSON.parse(text);
    expect({ apiVersion, kind }).toEqual({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' });
    expect(response).toMatchObject({ uid: review.request.uid, allowed: true, patchType: 'JSONPatch' });
    const patch: { path: string; value: unknown }[] = JSON.parse(
      Buffer.from(response.patch, 'base64').toString(),
    );
    expect(JSON.stringify(patch)).toContain('_katib_push(print)');
    expect(patch.find(({ path }) => path === '/spec/metricsCollectorSpec/collector/kind')?.value).toBe(
      'Push',
    );
    expect(await metric('rewritten_total')).toBe(1);
    expect(await metric('requests_total{code="200"}')).toBe(1);
    expect(await metric('request_duration_seconds_count')).toBe(1);
  });

  it('is taken with a content type that has parameters, and in chunks', async () => {
    const { port } = await startServer();
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect((await send(port, [smallReview.slice(0, 20), smallReview.slice(20)], { headers })).status).toBe(
      200,
    );
  });

  it('is taken at another path', async () => {
    const { port } = await startServer({ path: '/hooks/katib-push' });
    expect((await send(port, smallReview, { path: '/hooks/katib-push?timeout=5s' })).status).toBe(200);
    expect((await send(port, smallReview)).status).toBe(404);
  });

  it.each([
    ['?timeout=5s', 5000],
    ['?timeout=1m0s', 60_000],
    ['?a=b&timeout=1.5s', 1500],
    ['?timeout=300ms', 300],
    ['', undefined],
    ['?timeout=', undefined],
    ['?timeout=5', undefined],
    ['?timeout=-5s', undefined],
    ['?timeout=0s', undefined],
    ['?timeout=soon', undefined],
  ])('has the deadline that the API server gives: %s', async (query, expected) => {
    const calls: (AdmissionCall | undefined)[] = [];
    const createHandler = () => {
      const allow = allowAll();
      return Object.assign((review: unknown, call?: AdmissionCall) => {
        calls.push(call);
        return allow(review);
      }, allow);
    };
    const { port } = await startServer({ createHandler });
    await send(port, smallReview, { path: `/mutate${query}` });
    const { deadline } = calls[0] ?? {};
    if (expected === undefined) expect(deadline).toBeUndefined();
    else
      expect(deadline).toSatisfy((left: number) => left <= expected && left > 0 && left >= expected - 5000);
  });
});

describe('a request that is no review', () => {
  const long = (size: number) => `${' '.repeat(size - smallReview.length)}${smallReview}`;
  const parts = (size: number) => Array.from({ length: size / mebibyte }, () => Buffer.alloc(mebibyte, 0x20));

  it.each<readonly [string, number, string | Uint8Array | readonly Uint8Array[], SendOptions, RegExp]>([
    ['empty', 400, '', {}, /^The body is no JSON/],
    ['not JSON', 400, 'hello', {}, /^The body is no JSON/],
    ['not UTF-8', 400, Buffer.from('{"a":"\xff"}', 'latin1'), {}, /^The body is no/],
    ['JSON, but a list', 400, '[]', {}, /not an AdmissionReview/],
    ['without a request', 400, '{}', {}, /has no request/],
    ['without a uid', 400, '{"request":{}}', {}, /no uid/],
    [
      'of another content type',
      415,
      smallReview,
      { headers: { 'content-type': 'text/plain' } },
      /application\/json/,
    ],
    ['YAML', 415, smallReview, { headers: { 'content-type': 'application/yaml' } }, /application\/json/],
    [
      'of a content type that is none',
      415,
      smallReview,
      { headers: { 'content-type': 'json' } },
      /application\/json/,
    ],
    [
      'compressed',
      415,
      gzipSync(smallReview),
      { headers: { 'content-encoding': 'gzip' } },
      /content-encoding/,
    ],
    ['above 7 MiB', 413, long(7 * mebibyte + 1), {}, /more than 7340032 bytes/],
    ['above 7 MiB in chunks', 413, parts(8 * mebibyte), {}, /more than 7340032 bytes/],
    ['far above 7 MiB in chunks', 413, parts(40 * mebibyte), {}, /more than 7340032 bytes/],
    ['elsewhere', 404, smallReview, { path: '/' }, /reviews go to \/mutate/],
    ['not POST', 405, '', { method: 'GET' }, /POST/],
    ['not POST but PUT', 405, smallReview, { method: 'PUT' }, /POST/],
  ])('is refused: %s', async (_what, expected, body, options, message) => {
    const { port, metric, log } = await startServer();
    const { status, text, headers } = await send(port, body, options);
    expect({ status, type: headers['content-type'] }).toEqual({
      status: expected,
      type: 'text/plain; charset=utf-8',
    });
    expect(text).toMatch(message);
    expect(await metric(`requests_total{code="${expected}"}`)).toBe(1);
    expect(log.at(-1)).toMatchObject({ status: expected, msg: 'a request was refused' });
  });

  it('is taken up to 7 MiB, to the byte', async () => {
    const { port } = await startServer({ createHandler: allowAll });
    expect((await send(port, long(7 * mebibyte))).status).toBe(200);
  });

  it('leaves the connection usable', async () => {
    const { port, metric } = await startServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    agent.on('free', (socket) => sockets.add(socket));
    for (const body of ['', parts(8 * mebibyte), 'hello', smallReview]) await send(port, body, { agent });
    agent.destroy();
    expect(sockets.size).toBe(1);
    expect(await metric('requests_total{code="413"}')).toBe(1);
    expect(await metric('requests_total{code="200"}')).toBe(1);
  });

  it('is refused where too many bodies are held, and they are given back', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const entered = Promise.withResolvers<void>();
    const createHandler = () => {
      const allow = allowAll();
      return Object.assign(async (review: unknown) => {
        entered.resolve();
        await held;
        return allow(review);
      }, allow);
    };
    const { port } = await startServer({ createHandler, bodiesLimit: 10_000 });
    const first = send(port, long(8000));
    await entered.promise;
    const second = await send(port, long(8000));
    expect(second).toMatchObject({ status: 503, text: 'too many bodies are held at once: try again\n' });
    expect(second.headers).not.toHaveProperty('retry-after');
    release();
    expect((await first).status).toBe(200);
    expect((await send(port, long(8000))).status).toBe(200);
  });

  it('is answered with 500 where the handler fails, and the next one as ever', async () => {
    let failing = true;
    const createHandler = () => {
      const allow = allowAll();
      return Object.assign((review: unknown) => {
        return failing ? Promise.reject(new TypeError('with canary-text')) : allow(review);
      }, allow);
    };
    const { port, log } = await startServer({ createHandler });
    const { status, text } = await send(port);
    expect({ status, text }).toEqual({
      status: 500,
      text: 'something unexpected happened: see the log of the webhook\n',
    });
    const record = log.find(({ level }) => level === 'error');
    expect(record).toMatchObject({ error: 'TypeError', msg: 'a request could not be answered' });
    expect(String(record?.at)).toContain('requests.test.ts');
    expect(JSON.stringify(log)).not.toContain('canary');
    failing = false;
    expect((await send(port)).status).toBe(200);
  });
});
