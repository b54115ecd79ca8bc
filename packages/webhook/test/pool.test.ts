import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Findings, WorkerTask } from '../src/worker/messages.ts';
import { createPool } from '../src/worker/rewrite-pool.ts';
import type { WorkerEvents, WorkerThread } from '../src/worker/worker-thread.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const findings = { outcome: 'unchanged' } as Findings;
const task: WorkerTask = { kind: 'Experiment', object: {}, namespace: undefined };
const longest = 2_000;

/** A pool over workers that do only what a test says. */
function start(size: number) {
  const threads: { thread: WorkerThread; tasks: WorkerTask[]; ended: boolean }[] = [];
  let events: WorkerEvents | undefined;
  const pool = createPool(size, longest, (given) => {
    events = given;
    const each = { tasks: [] as WorkerTask[], ended: false };
    const thread: WorkerThread = {
      send(sent) {
        if (sent.object === undefined) throw new Error('can not be copied');
        each.tasks.push(sent);
      },
      async end() {
        here.ended = true;
      },
    };
    const here = Object.assign(each, { thread });
    threads.push(here);
    return thread;
  });
  const at = (index: number) => threads[index]?.thread as WorkerThread;
  return {
    pool,
    threads,
    ready: (...indexes: readonly number[]) => indexes.map((index) => events?.ready(at(index))),
    done: (index: number) => events?.done(at(index), findings),
    gone: (index: number) => events?.gone(at(index), 'worker-crashed', new Error('why')),
    /** How many tasks each worker got; `-` for one that was ended. */
    states: () => threads.map(({ tasks, ended }) => `${tasks.length}${ended ? '-' : ''}`).join(' '),
  };
}

/** What a promise has come to: `pending`, `done`, findings, or the code of a fault. */
function follow(promise: Promise<unknown>): { is: unknown } {
  const followed: { is: unknown } = { is: 'pending' };
  promise.then(
    (value) => {
      followed.is = value ?? 'done';
    },
    ({ code }: { code: string }) => {
      followed.is = code;
    },
  );
  return followed;
}

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('hands out in order, as workers become ready and done', async () => {
  const { pool, ready, done, states } = start(2);
  const jobs = [1, 2, 3].map(() => follow(pool.rewrite(task, 9_000)));
  expect(states()).toBe('0 0');
  ready(0);
  expect(states()).toBe('1 0');
  ready(1);
  done(1);
  expect(states()).toBe('1 2');
  await wait(0);
  expect(jobs.map(({ is }) => is)).toEqual(['pending', findings, 'pending']);
  done(0);
  done(1);
  await wait(longest);
  expect([states(), vi.getTimerCount()]).toEqual(['1 2', 0]);
});

it('ends and replaces a worker that is at one rewrite for too long', async () => {
  const { pool, ready, states } = start(1);
  ready(0);
  const slow = follow(pool.rewrite(task, 9_000));
  await wait(longest - 1);
  expect([slow.is, states()]).toEqual(['pending', '1']);
  await wait(1);
  expect([slow.is, states()]).toEqual(['timeout', '1- 0']);
});

it('answers a job whose time is over, and lets its worker go on', async () => {
  const { pool, ready, done, states } = start(1);
  ready(0);
  const first = follow(pool.rewrite(task, 9_000));
  const late = follow(pool.rewrite(task, 500));
  await wait(400);
  done(0);
  await wait(100);
  expect([first.is, late.is, states()]).toEqual([findings, 'busy', '2 0']);
  const short = follow(pool.rewrite(task, 50));
  ready(1);
  await wait(50);
  expect([short.is, states()]).toEqual(['timeout', '2 1']);
  done(0);
  done(1);
  expect(states()).toBe('2 1-');
});

it('starts one more for those that wait behind a slow one, and no further', async () => {
  const { pool, ready, done, states } = start(1);
  ready(0);
  const jobs = [1, 2, 3].map(() => follow(pool.rewrite(task, 9_000)));
  await wait(99);
  expect(states()).toBe('1');
  await wait(500);
  expect(states()).toBe('1 0');
  ready(1);
  done(1);
  done(0);
  expect(states()).toBe('1 2');
  done(1);
  expect(states()).toBe('1 2-');
  await wait(0);
  expect(jobs.map(({ is }) => is)).toEqual([findings, findings, findings]);
  for (const _job of [1, 2]) follow(pool.rewrite(task, 9_000));
  expect(states()).toBe('2 2-');
});

it('starts none for those that wait while one is starting', async () => {
  const { pool, ready, states } = start(2);
  ready(0);
  for (const _job of [1, 2, 3]) follow(pool.rewrite(task, 9_000));
  await wait(500);
  expect(states()).toBe('1 0');
});

it('goes on with a worker that could not be handed an object', async () => {
  const { pool, ready, states } = start(1);
  ready(0);
  const refused = follow(pool.rewrite({ ...task, object: undefined }, 9_000));
  follow(pool.rewrite(task, 9_000));
  await wait(0);
  expect([refused.is, states()]).toEqual(['not-transferable', '1']);
});

it('replaces one that ends while it is idle or busy', async () => {
  const { pool, ready, gone, states } = start(1);
  ready(0);
  gone(0);
  ready(1);
  const job = follow(pool.rewrite(task, 9_000));
  gone(1);
  await wait(0);
  expect([job.is, states()]).toEqual(['worker-crashed', '0 1 0']);
});

it('starts none for one that never started, until it is asked again', async () => {
  const { pool, gone, ready, threads } = start(2);
  const all = [pool.ready(), pool.ready(), pool.rewrite(task, 9_000)].map(follow);
  gone(0);
  expect(threads).toHaveLength(2);
  all.push(follow(pool.rewrite(task, 9_000)));
  expect(threads).toHaveLength(3);
  gone(1);
  await wait(0);
  expect(all.map(({ is }) => is)).toEqual(Array(4).fill('pending'));
  gone(2);
  await wait(0);
  expect(all.map(({ is }) => is)).toEqual(Array(4).fill('worker-missing'));
  const again = follow(pool.ready());
  expect(threads).toHaveLength(5);
  ready(3);
  const known = follow(pool.ready());
  await wait(0);
  expect([again.is, known.is]).toEqual(['done', 'done']);
});

it('fails what is under way, what waits and what comes when it is closed, and leaves no timer', async () => {
  const { pool, ready, states } = start(1);
  const asked = follow(pool.ready());
  ready(0);
  const jobs = [1, 2].map(() => follow(pool.rewrite(task, 9_000)));
  await pool.close();
  jobs.push(follow(pool.rewrite(task, 9_000)), follow(pool.ready()));
  await wait(0);
  expect([asked.is, ...jobs.map(({ is }) => is)]).toEqual(['done', ...Array(4).fill('closed')]);
  expect([states(), vi.getTimerCount()]).toEqual(['1-', 0]);
});
