import type { FaultCode } from '../faults.ts';
import { RewriteFault } from '../faults.ts';
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
  const starting = new Set<WorkerThread>();
  const idle = new Set<WorkerThread>();
  const busy = new Map<WorkerThread, Job>();
  const watches = new Map<WorkerThread, NodeJS.Timeout>();
  const queue: Job[] = [];
  const waitingForReady: { resolve: () => void; reject: (fault: RewriteFault) => void }[] = [];
  let closed = false;

  const alive = () => starting.size + idle.size + busy.size;
  const fill = (wanted: number) => {
    while (!closed && alive() < wanted) starting.add(start(events));
  };
  const assign = () => {
    for (const thread of idle) {
      const job = queue.shift();
      if (!job) break;
      idle.delete(thread);
      busy.set(thread, job);
      job.started = performance.now();
      watches.set(thread, setTimeout(() => stop(thread), longest).unref());
      try {
        thread.send(job.task);
      } catch {
        release(thread);
        job.fail('not-transferable');
      }
    }
    // One that was started for those that wait stays as long as it may be needed.
    for (const thread of idle) if (alive() > size && idle.size > 1) remove(thread);
  };
  const forget = (thread: WorkerThread) => {
    clearTimeout(watches.get(thread));
    for (const threads of [starting, idle, busy, watches]) threads.delete(thread);
  };
  const release = (thread: WorkerThread) => {
    forget(thread);
    idle.add(thread);
  };
  const remove = (thread: WorkerThread) => {
    forget(thread);
    return thread.end();
  };
  const stop = (thread: WorkerThread) => {
    busy.get(thread)?.fail('timeout');
    void remove(thread);
    fill(size);
  };
  const events: WorkerEvents = {
    ready(thread) {
      starting.delete(thread);
      idle.add(thread);
      for (const { resolve } of waitingForReady.splice(0)) resolve();
      assign();
    },
    done(thread, findings) {
      const job = busy.get(thread);
      release(thread);
      job?.done(findings);
      assign();
    },
    gone(thread, why, cause) {
      const job = busy.get(thread);
      const neverReady = starting.has(thread);
      forget(thread);
      job?.fail(why);
      if (!neverReady) return fill(size);
      // One that can't even start would not start again: the next rewrite tries.
      if (alive() > 0) return;
      for (const waiting of [...queue]) waiting.fail('worker-missing');
      for (const { reject } of waitingForReady.splice(0)) reject(new RewriteFault('worker-missing', cause));
    },
  };
  fill(size);

  return {
    rewrite(task, milliseconds) {
      if (closed) return Promise.reject(new RewriteFault('closed'));
      return new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(deadline);
          clearTimeout(growth);
          const at = queue.indexOf(job);
          if (at >= 0) queue.splice(at, 1);
        };
        const job: Job = {
          task,
          done: (findings) => {
            settle();
            resolve(findings);
          },
          fail: (code) => {
            settle();
            reject(new RewriteFault(code));
          },
        };
        const deadline = setTimeout(() => {
          const ran = performance.now() - (job.started ?? Number.POSITIVE_INFINITY);
          job.fail(ran > milliseconds / 2 ? 'timeout' : 'busy');
        }, milliseconds);
        const growth = setTimeout(() => {
          if (queue.includes(job) && starting.size === 0) fill(size + 1);
        }, patience);
        queue.push(job);
        fill(size);
        assign();
      });
    },
    ready() {
      if (closed) return Promise.reject(new RewriteFault('closed'));
      if (idle.size + busy.size > 0) return Promise.resolve();
      const promise = new Promise<void>((resolve, reject) => waitingForReady.push({ resolve, reject }));
      fill(size);
      return promise;
    },
    async close() {
      closed = true;
      for (const job of [...queue, ...busy.values()]) job.fail('closed');
      for (const { reject } of waitingForReady.splice(0)) reject(new RewriteFault('closed'));
      await Promise.all([...starting, ...idle, ...busy.keys()].map(remove));
    },
  };
}
