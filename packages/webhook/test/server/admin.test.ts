import { readFileSync } from 'node:fs';
import { type AdmissionEvent, type AdmissionOptions, createAdmissionHandler } from '@katib-push/webhook';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/faults.ts';
import { send } from './send.ts';
import { allowAll, startServer } from './start-server.ts';

/** A handler that tells of one event after the other, one for each request. */
function telling(events: readonly Partial<AdmissionEvent>[]) {
  const left = [...events];
  return ({ observe }: AdmissionOptions) => {
    const allow = allowAll();
    return Object.assign((review: unknown) => {
      const event = {
        outcome: 'ignored',
        operation: 'CREATE',
        kind: 'Experiment',
        uid: 'a',
        dryRun: false,
        allowed: true,
        milliseconds: 1.26,
      };
      observe?.({ ...event, ...left.shift() } as AdmissionEvent);
      return allow(review);
    }, allow);
  };
}

describe('/metrics', () => {
  it('counts reviews by what became of them', async () => {
    const events: readonly Partial<AdmissionEvent>[] = [
      { outcome: 'rewritten' },
      { outcome: 'rewritten' },
      { outcome: 'restored', operation: 'UPDATE' },
      { outcome: 'unchanged', reason: 'not-enabled' },
      { outcome: 'unchanged' },
      { outcome: 'ignored', operation: 'DELETE' },
      { outcome: 'failed', reason: 'timeout' },
      { outcome: 'failed', reason: 'busy', allowed: false },
    ];
    const observed: AdmissionEvent[] = [];
    const { port, metric, log } = await startServer({
      createHandler: telling(events),
      observe: (event) => observed.push(event),
    });
    for (const _event of events) await send(port);
    expect(await metric('rewritten_total')).toBe(2);
    expect(await metric('restored_total')).toBe(1);
    expect(await metric('skipped_total{reason="not-enabled"}')).toBe(1);
    expect(await metric('skipped_total{reason="none"}')).toBe(1);
    expect(await metric('skipped_total{reason="ignored"}')).toBe(1);
    expect(await metric('failed_total{kind="Experiment",reason="timeout"}')).toBe(1);
    expect(await metric('failed_total{kind="Experiment",reason="busy"}')).toBe(1);
    expect(await metric('denied_total')).toBe(1);
    expect(await metric('requests_total{code="200"}')).toBe(8);
    expect(await metric('request_duration_seconds_count')).toBe(8);
    expect(observed).toHaveLength(8);
    const reviewed = log.filter(({ msg }) => msg === 'reviewed');
    expect(reviewed.map(({ level }) => level)).toEqual([
      'info',
      'info',
      'info',
      'info',
      'info',
      'warn',
      'warn',
    ]); // ignored: debug
    expect(reviewed.at(-1)).toMatchObject({
      outcome: 'failed',
      reason: 'busy',
      allowed: false,
      milliseconds: 1.3,
    });
  });

  it('has metrics that docs/configuration.md explains, and no others', async () => {
    const { admin } = await startServer({ createHandler: allowAll });
    const { text } = await admin('/metrics');
    const there = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    const docs = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
    const explained = [...docs.matchAll(/^\| `(katib_push_webhook_\w+)` \|/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(there.toSorted());
  });

  it('names the version; its first record holds it, and the configuration', async () => {
    const { admin, log } = await startServer({ createHandler: allowAll, rewriteTimeout: 1234 });
    expect((await admin('/metrics')).text).toMatch(
      /^katib_push_webhook_build_info\{version="\d+\.\d+\.\d+"\} 1$/m,
    );
    expect(log[0]).toMatchObject({
      msg: 'starting',
      version: expect.any(String),
      configuration: { rewriteTimeout: 1234 },
    });
  });

  it('counts a mistake of a user apart from failures of ours', async () => {
    const { port, metric } = await startServer({
      createHandler: telling([{ outcome: 'failed', reason: 'invalid-filter' }]),
    });
    await send(port);
    expect(await metric('mistakes_total{kind="Experiment",reason="invalid-filter"}')).toBe(1);
  });

  it('counts failures from 0 on, so that the first one is seen to rise', async () => {
    const { port, admin } = await startServer({
      createHandler: telling([{ outcome: 'failed', reason: 'worker-crashed', kind: 'Trial' }]),
    });
    const shown = async (reason: string, counter = 'failed') =>
      new RegExp(`^katib_push_webhook_${counter}_total\\{kind="Trial",reason="${reason}"\\} (.+)$`, 'm').exec(
        (await admin('/metrics')).text,
      )?.[1];
    for (const reason of Object.keys(faults)) expect(await shown(reason), reason).toBe('0');
    for (const reason of ['invalid-filter', 'filter-not-portable', 'no-primary-container', 'invalid-field']) {
      expect(await shown(reason, 'mistakes'), reason).toBe('0');
      expect(await shown(reason), reason).toBeUndefined();
    }
    await send(port);
    expect(await shown('worker-crashed')).toBe('1');
    expect(await shown('timeout')).toBe('0');
  });

  it('is in the format of Prometheus, and tells nothing of the process unless it is asked', async () => {
    const { server, admin } = await startServer({ createHandler: allowAll });
    const response = await fetch(`http://${server.adminAddress}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of (await response.text()).trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) katib_push_webhook_\w+ .+|katib_push_webhook_\w+(?:\{[^}]*\})? [\d.e+-]+)?$/,
      );
    }
    expect((await admin('/')).status).toBe(404);
  });
});

describe('/readyz', () => {
  it('says no while the rewrite is loading or broken, and yes when it is there', async () => {
    const loading = Promise.withResolvers<void>();
    const answers = [loading.promise, Promise.reject(new Error('canary')), Promise.resolve()];
    answers[1]?.catch(() => {});
    const createHandler = () =>
      Object.assign(allowAll(), { ready: () => answers.shift() ?? Promise.resolve() });
    const { admin, log, ready, metric } = await startServer({ createHandler });
    expect(await admin('/readyz')).toEqual({ status: 503, text: 'the rewrite is loading\n' });
    expect(await metric('ready')).toBe(0);
    expect((await admin('/healthz')).status).toBe(200);
    loading.reject(new Error('canary'));
    await expect
      .poll(async () => (await admin('/readyz')).text)
      .toBe("the rewrite's worker can not be started\n");
    await ready();
    expect(await metric('ready')).toBe(1);
    const errors = log.filter(({ level }) => level === 'error');
    expect(errors).toEqual([expect.objectContaining({ msg: "the rewrite's worker can not be started" })]);
    expect(JSON.stringify(log)).not.toContain('canary');
  });
});

describe('the log', () => {
  it('says why the worker can not be started', async () => {
    const worker = new URL('../workers/missing.mjs', import.meta.url);
    const createHandler = (options: AdmissionOptions) => createAdmissionHandler({ ...options, worker });
    const { log } = await startServer({ createHandler });
    await expect
      .poll(() => log.find(({ level }) => level === 'error'))
      .toMatchObject({
        error: 'RewriteFault',
        code: 'worker-missing',
        why: expect.stringContaining('missing.mjs'),
      });
  });
});

describe('startWebhookServer', () => {
  it('leaves the process alone', async () => {
    const count = () =>
      ['SIGTERM', 'SIGINT', 'exit', 'uncaughtException', 'unhandledRejection', 'warning'].map((event) =>
        process.listenerCount(event),
      );
    const before = count();
    const { server } = await startServer({ createHandler: allowAll });
    expect(count()).toEqual(before);
    await server.close();
    expect(count()).toEqual(before);
  });

  it('gives everything back where it can not listen', async () => {
    const { port } = await startServer({ createHandler: allowAll });
    let closed = false;
    const createHandler = () =>
      Object.assign(allowAll(), {
        close: async () => {
          closed = true;
        },
      });
    await expect(startServer({ port, createHandler })).rejects.toMatchObject({
      name: 'WebhookServerError',
      code: 'address',
      message: `can't listen on 127.0.0.1, port ${port} (EADDRINUSE): choose another port or host`,
    });
    expect(closed).toBe(true);
  });
});
