import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type AdmissionEvent,
  type AdmissionHandler,
  type AdmissionOptions,
  createAdmissionHandler,
} from '../src/index.ts';
import { findWorker } from '../src/worker/worker-thread.ts';
import { creation, named } from './reviews.ts';

const worker = new URL('workers/hangs-on-demand.mjs', import.meta.url);
let handler: AdmissionHandler | undefined;
afterEach(() => handler?.close());

function start(options: AdmissionOptions = {}): { answer: AdmissionHandler; events: AdmissionEvent[] } {
  const events: AdmissionEvent[] = [];
  handler = createAdmissionHandler({
    worker,
    timeout: 30_000,
    observe: (event) => events.push(event),
    ...options,
  });
  return { answer: handler, events };
}

const allowed = { uid: 'u-1', allowed: true };

describe('a rewrite that', () => {
  it('hangs is stopped: allowed, one warning, and the next one is answered', async () => {
    const { answer, events } = start({ timeout: 500 });
    await answer.ready();
    const { response } = await answer(creation(named('hang')));
    expect(response).toEqual({
      ...allowed,
      warnings: [
        'katib-push: Not rewritten (timeout): the rewrite took too long and was stopped. Create it again, or make the scripts and filters simpler.',
      ],
    });
    expect(events).toMatchObject([{ outcome: 'failed', reason: 'timeout', allowed: true }]);
    // The next worker may take longer to start than an answer may take.
    const next = () => answer(creation(named('fine')));
    await vi.waitUntil(async () => (await next()).response.warnings === undefined, { timeout: 30_000 });
    expect((await next()).response).toEqual(allowed);
  });

  it('hangs holds up none of those that come after it', async () => {
    const { answer } = start({ timeout: 20_000 });
    await answer.ready();
    const hanging = answer(creation(named('hang')));
    const others = await Promise.all(Array.from({ length: 20 }, () => answer(creation(named('fine')))));
    expect(others.map(({ response }) => response)).toEqual(others.map(() => allowed));
    await answer.close();
    expect((await hanging).response.warnings).toEqual([expect.stringContaining('(closed)')]);
  });

  it.each([
    ['throws', 'throw', 'worker-crashed'],
    ['ends the thread', 'exit', 'worker-crashed'],
    ['takes all memory', 'memory', 'out-of-memory'],
  ])('%s is replaced', async (_, name, code) => {
    const { answer, events } = start({ memory: 32 });
    await answer.ready();
    const [bad, good] = await Promise.all([answer(creation(named(name))), answer(creation(named('fine')))]);
    expect(bad.response).toEqual({ ...allowed, warnings: [expect.stringContaining(`(${code})`)] });
    expect(bad.response.warnings?.join()).not.toContain('secret');
    expect(good.response).toEqual(allowed);
    expect(events.map(({ reason }) => reason ?? 'fine').sort()).toEqual([code, 'fine'].sort());
  });

  it('can not be started is tried again by the next request', async () => {
    const { answer } = start({ worker: new URL('workers/never-starts.mjs', import.meta.url) });
    await expect(answer.ready()).rejects.toThrow(
      "the webhook's worker could not be started (worker-missing): no such grammar",
    );
    for (const _time of [1, 2]) {
      const { response } = await answer(creation(named('fine')));
      expect(response).toEqual({ ...allowed, warnings: [expect.stringContaining('(worker-missing)')] });
    }
  });

  it('has no file fails the same way', async () => {
    const { answer } = start({ worker: new URL('workers/none.mjs', import.meta.url) });
    const { response } = await answer(creation(named('fine')));
    expect(response.warnings).toEqual([expect.stringContaining('(worker-missing)')]);
  });
});

describe('the worker', () => {
  it('is started with the flags that say how modules are found, and no others', () => {
    const flags = [
      '--expose-gc',
      '-C',
      'a',
      '--conditions=b',
      '--input-type=module',
      '--import',
      './x.js',
      '-e',
      '1',
    ];
    const given = new URL('file:///w.js');
    expect(findWorker(given, flags)).toEqual({
      url: given,
      execArgv: ['-C', 'a', '--conditions=b', '--import', './x.js'],
    });
    expect(findWorker(undefined, [])).toEqual({
      url: new URL('../src/worker/rewrite-worker.ts', import.meta.url),
      execArgv: ['--conditions=source'],
    });
  });
});

describe('the deadline', () => {
  it('of the API server wins over a longer timeout', async () => {
    const { answer } = start({ timeout: 30_000 });
    await answer.ready();
    const started = performance.now();
    const { response } = await answer(creation(named('hang')), { deadline: 1_000 });
    expect(response.warnings).toEqual([expect.stringContaining('(timeout)')]);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it.each([Number.NaN, -1, 0, undefined])('that is none (%s) leaves the timeout', async (deadline) => {
    const { answer } = start();
    const call = deadline === undefined ? {} : { deadline };
    expect((await answer(creation(named('fine')), call)).response).toEqual(allowed);
  });
});

describe('strict', () => {
  it.each([
    ['hang', 500, 'InternalError', { timeout: 500 }],
    ['throw', 500, 'InternalError', {}],
    ['memory', 500, 'InternalError', { memory: 32 }],
  ] as const)('denies where the rewrite fails: %s', async (name, code, reason, options) => {
    const { answer, events } = start({ strict: true, ...options });
    await answer.ready();
    const { response } = await answer(creation(named(name)));
    expect(response.allowed).toBe(false);
    expect(response.patch).toBeUndefined();
    expect(response.status).toEqual({ code, reason, message: response.warnings?.[0] });
    expect(events).toMatchObject([{ allowed: false, outcome: 'failed' }]);
  });

  it('never denies an update', async () => {
    const { answer } = start({ strict: true });
    const { response } = await answer(creation(null, { operation: 'UPDATE', oldObject: 7 }));
    expect(response).toEqual({ ...allowed, warnings: [expect.stringContaining('(no-object)')] });
  });
});

describe('the handler', () => {
  it('is closed: what is under way and what comes later is allowed with a warning', async () => {
    const { answer } = start();
    await answer.ready();
    const waiting = answer(creation(named('hang')));
    await answer.close();
    await answer.close();
    const closed = { ...allowed, warnings: [expect.stringContaining('(closed)')] };
    expect((await waiting).response).toEqual(closed);
    expect((await answer(creation(named('fine')))).response).toEqual(closed);
    await expect(answer.ready()).rejects.toThrow('closed');
  });

  it('answers updates and what is not ours without a worker', async () => {
    const { answer } = start({ worker: new URL('workers/none.mjs', import.meta.url) });
    const update = creation(named('x'), { operation: 'UPDATE', oldObject: named('x') });
    expect((await answer(update)).response).toEqual(allowed);
    expect((await answer(creation(null, { operation: 'DELETE' }))).response).toEqual(allowed);
  });

  it('swallows what the observer throws', async () => {
    const { answer } = start({
      observe: () => {
        throw new Error('no disk');
      },
    });
    expect((await answer(creation(named('fine')))).response).toEqual(allowed);
  });

  it('touches nothing of the process', async () => {
    const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)]);
    const before = [
      listeners(),
      Object.keys(globalThis),
      process.stdout.eventNames(),
      process.stderr.eventNames(),
    ];
    const { answer } = start();
    await answer.ready();
    await answer(creation(named('fine')));
    await answer.close();
    await sleep(0);
    expect([
      listeners(),
      Object.keys(globalThis),
      process.stdout.eventNames(),
      process.stderr.eventNames(),
    ]).toEqual(before);
  });

  it.each([
    [{ timeout: 0 }, 'timeout is 0'],
    [{ timeout: Number.NaN }, 'timeout is NaN'],
    [{ workers: 1.5 }, 'workers is 1.5'],
    [{ memory: -1 }, 'memory is -1'],
    [{ coverage: 'all' as 'likely' }, 'coverage is all; it has to be one of likely, output'],
    [{ delivery: '' as 'env' }, 'delivery is'],
  ])('refuses options that can not be meant: %o', (options, message) => {
    expect(() => createAdmissionHandler(options)).toThrow(message);
  });
});
