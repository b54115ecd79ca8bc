import { Worker } from 'node:worker_threads';
import type { FaultCode } from '../faults.ts';
import type { Findings, WorkerMessage, WorkerSettings, WorkerTask } from './messages.ts';

/** One worker, which does one thing at a time. */
export interface WorkerThread {
  /** @throws where the object can't be copied */
  send(task: WorkerTask): void;
  end(): Promise<unknown>;
}

/** What a worker tells. Nothing is told after `gone`. */
export interface WorkerEvents {
  ready(thread: WorkerThread): void;
  done(thread: WorkerThread, findings: Findings): void;
  /** It ended by itself; `cause` is what it threw, if it did. */
  gone(thread: WorkerThread, why: FaultCode, cause?: Error): void;
}

/**
 * Starts a worker. It has an environment of its own, writes nowhere, and, once it is ready, does not keep the process
 * from ending.
 *
 * @param memory MiB of heap that it may have
 */
export function startThread(
  source: WorkerSource,
  settings: WorkerSettings,
  memory: number,
  events: WorkerEvents,
): WorkerThread {
  const worker = new Worker(source.url, {
    name: 'katib-push',
    workerData: settings,
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    execArgv: [...source.execArgv],
  });
  // Its stdout and stderr are taken from the process and not read: reading would keep the process from ending.
  let fault: FaultCode = 'worker-crashed';
  let cause: Error | undefined;
  let over = false;
  const thread: WorkerThread = {
    send: (task) => worker.postMessage(task),
    end: () => {
      over = true;
      return worker.terminate();
    },
  };
  worker.on('message', (message: WorkerMessage) => {
    if (over) return;
    if (message !== 'ready') return events.done(thread, message);
    worker.unref();
    events.ready(thread);
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    cause = error;
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') fault = 'out-of-memory';
  });
  worker.on('exit', () => {
    if (over) return;
    over = true;
    events.gone(thread, fault, cause);
  });
  return thread;
}

/** Where a worker's code is, and what Node needs to run it. */
export interface WorkerSource {
  readonly url: URL;
  readonly execArgv: readonly string[];
}

/** Flags that say how modules are found and loaded, which a worker needs as its process does; those with a value first. */
const withValue = ['--conditions', '-C', '--import', '--require', '-r', '--loader', '--experimental-loader'];
const alone = ['--enable-source-maps', '--preserve-symlinks'];

/**
 * The worker's code: what is given, else the file beside this one, which is TypeScript in this repository, where Node runs
 * it as it is, and JavaScript once it is built.
 *
 * @param flags how this process was started; what has no meaning for a worker is left out (`--input-type` would end it)
 */
export function findWorker(given: URL | undefined, flags: readonly string[]): WorkerSource {
  const execArgv = flags.flatMap((flag, index) => {
    if (alone.includes(flag) || withValue.some((name) => flag.startsWith(`${name}=`))) return [flag];
    return withValue.includes(flag) ? [flag, flags[index + 1] ?? ''] : [];
  });
  if (given) return { url: given, execArgv };
  const source = import.meta.url.endsWith('.ts');
  return {
    url: new URL(source ? './rewrite-worker.ts' : './rewrite-worker.js', import.meta.url),
    execArgv: source ? [...execArgv, '--conditions=source'] : execArgv,
  };
}
