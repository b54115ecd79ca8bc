import { type FaultCode, RewriteFault } from '../faults.ts';
import type { Findings, WorkerTask } from './messages.ts';
import type { WorkerEvents, WorkerThread } from './worker-thread.ts';

/** Workers that rewrite, and a queue before them. */
export interface RewritePool {
  /**
   * What the rewrite of an Experiment or a Trial comes to.
   *
   * @param milliseconds from now to the answer, waiting included
   * @throws RewriteFault (rejects) where there is no result
   */
  rewrite(task: WorkerTask, milliseconds: number): Promise<Findings>;
  /** Resolves when a worker is ready; rejects with a RewriteFault where none can be started. */
  ready(): Promise<void>;
  /** Ends the workers. What is under way or waiting fails with `closed`. */
  close(): Promise<void>;
}

/** What a worker is at, and what can happen to it. */
type At = 'starting' | 'idle' | 'busy';
type Happening = 'ready' | 'sent' | 'refused' | 'done' | 'overdue' | 'spare' | 'ended';

/**
 * What a worker is at after what happens to it; what has no place here can't happen. `gone`: it is forgotten. `replaced`: that
 * too, and another is started if they are too few. One that can't even start would not start again: the next rewrite tries.
 */
const table: Readonly<Record<At, Partial<Record<Happening, At | 'gone' | 'replaced'>>>> = {
  starting: { ready: 'idle', ended: 'gone' },
  idle: { sent: 'busy', spare: 'gone', ended: 'replaced' },
  busy: { done: 'idle', refused: 'idle', overdue: 'replaced', ended: 'replaced' },
};

interface Worker {
  readonly at: At;
  /** What it is at, and what ends it where that takes too long; there if and only if it is busy. */
  readonly work?: { readonly job: Job; readonly watch: NodeJS.Timeout };
}

interface Job {
  /** When a worker got it, in milliseconds of `performance.now()`. */
  started?: number;
  readonly task: WorkerTask;
  readonly done: (findings: Findings) => void;
  readonly fail: (code: FaultCode) => void;
}

/** Milliseconds after which a job that waits behind a slow one gets a worker of its own, if there is none to spare. */
const patience = 100;

/**
 * Starts `size` workers. A worker that rewrites for too long is ended and replaced, and one that ends by itself is
 * replaced. While a job keeps a worker for long, one more is started for those that wait.
 *
 * @param longest milliseconds that a worker may be at one rewrite. A job whose own time is over before is answered then,
 *   and its worker goes on: under load, most of the time went into waiting.
 * @param start starts one worker
 */
export function createPool(
  size: number,
  longest: number,
  start: (events: WorkerEvents) => WorkerThread,
): RewritePool {
  const workers = new Map<WorkerThread, Worker>();
  const queue = new Set<Job>();
  let firstReady: PromiseWithResolvers<void> | undefined;
  let closed = false;

  const those = (at: At) => [...workers].flatMap(([thread, worker]) => (worker.at === at ? [thread] : []));

  function fill(wanted: number): void {
    while (!closed && workers.size < wanted) workers.set(start(events), { at: 'starting' });
  }

  /** Gives the job that the worker was at. */
  function step(thread: WorkerThread, happening: Happening, work?: Worker['work']): Job | undefined {
    const before = workers.get(thread);
    const after = before && table[before.at][happening];
    if (!after) throw new TypeError(`a worker that is ${before?.at ?? 'gone'} can't be ${happening}`);
    clearTimeout(before.work?.watch);
    if (after === 'gone' || after === 'replaced') workers.delete(thread);
    else workers.set(thread, { at: after, ...(work ? { work } : {}) });
    if (after === 'replaced') fill(size);
    return before.work?.job;
  }

  function assign(): void {
    for (const thread of those('idle')) {
      const [job] = queue;
      if (!job) break;
      queue.delete(job);
      job.started = performance.now();
      const watch = setTimeout(() => {
        step(thread, 'overdue')?.fail('timeout');
        void thread.end();
      }, longest).unref();
      step(thread, 'sent', { job, watch });
      try {
        thread.send(job.task);
      } catch {
        step(thread, 'refused')?.fail('not-transferable');
      }
    }
    // One that was started for those that wait stays as long as it may be needed.
    for (const thread of those('idle').slice(1, 1 + Math.max(0, workers.size - size))) {
      step(thread, 'spare');
      void thread.end();
    }
  }

  function failAll(code: FaultCode, jobs: Iterable<Job | undefined>, cause?: Error): void {
    for (const job of jobs) job?.fail(code);
    firstReady?.reject(new RewriteFault(code, cause));
    firstReady = undefined;
  }

  const events: WorkerEvents = {
    ready(thread) {
      step(thread, 'ready');
      firstReady?.resolve();
      firstReady = undefined;
      assign();
    },
    done(thread, findings) {
      step(thread, 'done')?.done(findings);
      assign();
    },
    gone(thread, why, cause) {
      step(thread, 'ended')?.fail(why);
      if (workers.size === 0) failAll('worker-missing', [...queue], cause);
    },
  };
  fill(size);

  return {
    rewrite(task, milliseconds) {
      if (closed) return Promise.reject(new RewriteFault('closed'));
      const { promise, resolve, reject } = Promise.withResolvers<Findings>();
      const job: Job = {
        task,
        done: (findings) => settle(() => resolve(findings)),
        fail: (code) => settle(() => reject(new RewriteFault(code))),
      };
      const deadline = setTimeout(() => {
        const ran = performance.now() - (job.started ?? Number.POSITIVE_INFINITY);
        job.fail(ran > milliseconds / 2 ? 'timeout' : 'busy');
      }, milliseconds);
      const growth = setTimeout(() => {
        if (queue.has(job) && those('starting').length === 0) fill(size + 1);
      }, patience);
      function settle(tell: () => void): void {
        clearTimeout(deadline);
        clearTimeout(growth);
        queue.delete(job);
        tell();
      }
      queue.add(job);
      fill(size);
      assign();
      return promise;
    },
    ready() {
      if (closed) return Promise.reject(new RewriteFault('closed'));
      if (workers.size > those('starting').length) return Promise.resolve();
      firstReady ??= Promise.withResolvers();
      fill(size);
      return firstReady.promise;
    },
    async close() {
      closed = true;
      const threads = [...workers.keys()];
      failAll('closed', [...queue, ...[...workers.values()].map(({ work }) => work?.job)]);
      for (const { work } of workers.values()) clearTimeout(work?.watch);
      workers.clear();
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}
